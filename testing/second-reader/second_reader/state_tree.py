"""Proofs in the state tree, file 06, 6.2 and 6.3."""

from dataclasses import dataclass
from typing import Any

from . import form
from .failure import Refused
from .hashing import sha256
from .merkle import bit

ZERO = bytes(32)


@dataclass(frozen=True)
class Entry:
    """A key that was asked for; `value` is None where it is absent."""

    key: bytes
    value: bytes | None
    key_hash: bytes


@dataclass(frozen=True)
class TreeProof:
    entries: list[Entry]
    shape: bytes
    hashes: bytes
    foreign: list[tuple[bytes, bytes]]


def parse_tree_proof(item: Any) -> TreeProof:
    entries, shape, hashes, foreign = form.array(item, "tree proof", 4)
    proof = TreeProof(
        entries=[_parse_entry(entry) for entry in form.array(entries, "tree proof, entries", at_least=1)],
        shape=form.octets(shape, "tree proof, shape"),
        hashes=form.octets(hashes, "tree proof, hashes"),
        foreign=[_parse_pair(pair) for pair in form.array(foreign, "tree proof, foreign pairs")],
    )
    order = [entry.key_hash for entry in proof.entries]
    if any(after <= before for before, after in zip(order, order[1:])):
        raise Refused("the entries of a tree proof do not ascend by H(key)")
    return proof


def _parse_entry(item: Any) -> Entry:
    key, value = form.array(item, "entry", 2)
    form.octets(key, "entry, key")
    if value is not None:
        form.octets(value, "entry, value")
    return Entry(key, value, sha256(key))


def _parse_pair(item: Any) -> tuple[bytes, bytes]:
    key_hash, value_hash = form.array(item, "foreign pair", 2)
    return form.digest(key_hash, "foreign pair, key"), form.digest(value_hash, "foreign pair, value")


def leaf(key_hash: bytes, value_hash: bytes) -> bytes:
    return sha256(b"acta/leaf/v1" + key_hash + value_hash)


def inner(left: bytes, right: bytes) -> bytes:
    return sha256(left + right)


def tree_root(proof: TreeProof) -> bytes:
    """The state root that the proof computes. Raises Refused where its walk is not to the end and exact."""
    form.hashes(proof.hashes, "tree proof, hashes")
    walk = _Walk(proof)
    root = walk.place(proof.entries, 0)
    walk.finish()
    return root


class _Walk:
    """Depth first, left before right; bits, hashes and foreign pairs are each read from the front."""

    def __init__(self, proof: TreeProof) -> None:
        self.proof = proof
        self.bits_read = self.hashes_read = self.foreign_read = 0

    def place(self, asked: list[Entry], depth: int) -> bytes:
        if not asked:
            return self.next_hash() if self.next_bit() else ZERO
        kind = self.next_bit(), self.next_bit()
        if kind == (0, 0):
            return self.empty(asked)
        if kind == (0, 1):
            return self.leaf(asked, depth)
        if kind == (1, 0):
            return self.branch(asked, depth)
        raise Refused("the shape of a tree proof holds the bits 11")

    def empty(self, asked: list[Entry]) -> bytes:
        if any(entry.value is not None for entry in asked):
            raise Refused("a tree proof has a value at an empty place")
        return ZERO

    def leaf(self, asked: list[Entry], depth: int) -> bytes:
        present = [entry for entry in asked if entry.value is not None]
        if len(present) > 1:
            raise Refused("a tree proof has two values at one leaf")
        for entry in present:
            return leaf(entry.key_hash, sha256(entry.value or b""))
        key_hash, value_hash = self.next_foreign()
        if not _share_bits(key_hash, asked[0].key_hash, depth):
            raise Refused("a foreign leaf of a tree proof stands off its place")
        if any(entry.key_hash == key_hash for entry in asked):
            raise Refused("a tree proof calls a key absent and shows its leaf")
        return leaf(key_hash, value_hash)

    def branch(self, asked: list[Entry], depth: int) -> bytes:
        if depth == 256:
            raise Refused("a tree proof branches below the last bit")
        left = self.place([entry for entry in asked if not bit(entry.key_hash, depth)], depth + 1)
        right = self.place([entry for entry in asked if bit(entry.key_hash, depth)], depth + 1)
        return inner(left, right)

    def next_bit(self) -> int:
        if self.bits_read >= 8 * len(self.proof.shape):
            raise Refused("the shape of a tree proof is too short")
        self.bits_read += 1
        return bit(self.proof.shape, self.bits_read - 1)

    def next_hash(self) -> bytes:
        at = 32 * self.hashes_read
        if at >= len(self.proof.hashes):
            raise Refused("a tree proof has a hash too few")
        self.hashes_read += 1
        taken = self.proof.hashes[at : at + 32]
        if taken == ZERO:
            raise Refused("a tree proof writes an empty place as a hash")
        return taken

    def next_foreign(self) -> tuple[bytes, bytes]:
        if self.foreign_read >= len(self.proof.foreign):
            raise Refused("a tree proof has a foreign pair too few")
        self.foreign_read += 1
        return self.proof.foreign[self.foreign_read - 1]

    def finish(self) -> None:
        if 32 * self.hashes_read != len(self.proof.hashes) or self.foreign_read != len(self.proof.foreign):
            raise Refused("a tree proof has hashes or foreign pairs that its walk does not use")
        shape = self.proof.shape
        if len(shape) != (self.bits_read + 7) // 8 or any(bit(shape, i) for i in range(self.bits_read, 8 * len(shape))):
            raise Refused("the shape of a tree proof does not end with its walk")


def _share_bits(left: bytes, right: bytes, count: int) -> bool:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")) >> (256 - count) == 0
