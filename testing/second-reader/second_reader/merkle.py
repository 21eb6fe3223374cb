"""List roots and paths, file 01, 1.4 (RFC 9162, 2.1)."""

from collections.abc import Sequence

from .failure import Refused
from .hashing import sha256


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf)


def inner_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


def list_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of a list of byte strings."""
    return root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def root_of_hashes(row: list[bytes]) -> bytes:
    """The same from the leaf hashes, level by level: a last one without a neighbour moves up as it is."""
    if not row:
        return sha256(b"")
    while len(row) > 1:
        pairs = [inner_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = pairs + row[len(row) - len(row) % 2 :]
    return row[0]


def root_from_path(leaf: bytes, index: int, count: int, path: bytes) -> bytes:
    """The root above a leaf hash. Raises Refused where the path has not the size that index and count ask for."""
    if not 0 <= index < count:
        raise Refused(f"index {index} does not lie below the count {count}")
    first, last, root = index, count - 1, leaf
    for sibling in _split(path):
        if last == 0:
            raise Refused("a path has a hash too many")
        if first % 2 or first == last:
            root = inner_hash(sibling, root)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            root = inner_hash(root, sibling)
        first, last = first >> 1, last >> 1
    if last:
        raise Refused("a path has a hash too few")
    return root


def root_from_sides(leaf: bytes, sides: bytes, hashes: bytes) -> bytes:
    """The root above a leaf hash along a sided path. Raises Refused unless sides and hashes fit each other."""
    siblings = _split(hashes)
    if len(sides) != (len(siblings) + 7) // 8:
        raise Refused("a sided path has not one side for each hash")
    if any(bit(sides, i) for i in range(len(siblings), 8 * len(sides))):
        raise Refused("a sided path has sides beyond its hashes")
    root = leaf
    for i, sibling in enumerate(siblings):
        root = inner_hash(sibling, root) if bit(sides, i) else inner_hash(root, sibling)
    return root


def bit(octets: bytes, index: int) -> int:
    """Bit 0 is the most significant bit of the first byte."""
    return octets[index >> 3] >> (7 - index % 8) & 1


def _split(hashes: bytes) -> list[bytes]:
    if len(hashes) % 32:
        raise Refused("a path is no whole number of 32-byte hashes")
    return [hashes[i : i + 32] for i in range(0, len(hashes), 32)]
