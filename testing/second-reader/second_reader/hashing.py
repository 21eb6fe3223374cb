"""SHA-256, plain and tagged, file 01, 1.3."""

from hashlib import sha256 as _sha256


def sha256(data: bytes) -> bytes:
    return _sha256(data).digest()


def tagged(tag: str, data: bytes) -> bytes:
    return sha256(tag.encode("ascii") + b"\x00" + data)
