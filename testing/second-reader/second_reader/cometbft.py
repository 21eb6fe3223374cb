"""Headers, votes, validator sets and results as CometBFT 0.40.0 encodes them, file 08."""

from dataclasses import dataclass
from functools import cached_property

from . import keys
from .hashing import sha256
from .merkle import leaf_hash, list_root

SECOND = 10**9
"""Nanoseconds: every time in this reader is one integer of nanoseconds since 1970."""


@dataclass(frozen=True)
class BlockId:
    hash: bytes
    part_count: int
    parts_hash: bytes


@dataclass(frozen=True)
class Header:
    block_version: int
    app_version: int
    chain: str
    height: int
    """Within the epoch, from 1."""
    time: int
    last_block: BlockId
    hashes: tuple[bytes, ...]
    """Last commit, data, validators, next validators, consensus, app, last results, evidence."""
    proposer: bytes

    @property
    def validators_hash(self) -> bytes:
        return self.hashes[2]

    @property
    def app_hash(self) -> bytes:
        return self.hashes[5]

    @property
    def last_results_hash(self) -> bytes:
        return self.hashes[6]

    @cached_property
    def hash(self) -> bytes:
        """File 08, 8.2."""
        leaves = [
            number(0x08, self.block_version) + number(0x10, self.app_version),
            field(0x0A, self.chain.encode()),
            number(0x08, self.height),
            timestamp(self.time),
            block_id(self.last_block),
            *(field(0x0A, value) for value in self.hashes),
            field(0x0A, self.proposer),
        ]
        return list_root(leaves)


@dataclass(frozen=True)
class Vote:
    index: int
    time: int
    signature: bytes


@dataclass(frozen=True)
class Commit:
    round: int
    part_count: int
    parts_hash: bytes
    votes: list[Vote]


@dataclass(frozen=True)
class Validator:
    algorithm: int
    key: bytes
    power: int

    @property
    def address(self) -> bytes:
        return sha256(self.key)[:20]

    @property
    def leaf(self) -> bytes:
        tag = 0x0A if self.algorithm == keys.ED25519 else 0x22
        return field(0x0A, field(tag, self.key)) + number(0x10, self.power)


def validators_hash(validators: list[Validator]) -> bytes:
    """File 08, 8.5; the validators stand in order."""
    return list_root([validator.leaf for validator in validators])


def in_order(validators: list[Validator]) -> list[Validator]:
    """Sorted as 8.5 says: power descending, then address ascending."""
    return sorted(validators, key=lambda validator: (-validator.power, validator.address))


def passes_two_thirds(power: int, total: int) -> bool:
    return 3 * power > 2 * total


def vote_sign_bytes(header: Header, commit: Commit, vote_time: int) -> bytes:
    """What a validator signs for a block, 8.3."""
    message = (
        b"\x08\x02"
        + b"\x11" + header.height.to_bytes(8, "little")
        + (b"\x19" + commit.round.to_bytes(8, "little") if commit.round else b"")
        + field(0x22, block_id(BlockId(header.hash, commit.part_count, commit.parts_hash)))
        + b"\x2a" + prefixed(timestamp(vote_time))
        + field(0x32, header.chain.encode())
    )  # fmt: skip
    return prefixed(message)


def result_leaf_hash(data: bytes) -> bytes:
    """The leaf hash of a result of code 0, 8.6."""
    return leaf_hash(field(0x12, data))


def timestamp(time: int) -> bytes:
    return number(0x08, time // SECOND) + number(0x10, time % SECOND)


def block_id(block: BlockId) -> bytes:
    parts = number(0x08, block.part_count) + field(0x12, block.parts_hash)
    return field(0x0A, block.hash) + b"\x12" + prefixed(parts)


def number(tag: int, value: int) -> bytes:
    """A field that is omitted if 0."""
    return bytes([tag]) + varint(value) if value else b""


def field(tag: int, content: bytes) -> bytes:
    """A field that is omitted if empty."""
    return bytes([tag]) + prefixed(content) if content else b""


def prefixed(content: bytes) -> bytes:
    return varint(len(content)) + content


def varint(value: int) -> bytes:
    groups = bytearray()
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    groups.append(value)
    return bytes(groups)
