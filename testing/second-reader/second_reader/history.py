"""The history log's entries and the app hash, file 06, 6.4 and 6.5."""

from . import cbor
from .hashing import tagged
from .merkle import leaf_hash


def log_leaf_hash(height: int, header_hash: bytes, actions: int, actions_root: bytes) -> bytes:
    """The leaf hash of a block's entry in the history log."""
    return leaf_hash(tagged("acta/log/1", cbor.encode([height, header_hash, actions, actions_root])))


def app_hash(ledger: bytes, state_root: bytes, log_root: bytes, height: int) -> bytes:
    """The app hash after the block of this ledger height."""
    return tagged("acta/app/1", ledger + state_root + log_root + height.to_bytes(8, "big"))
