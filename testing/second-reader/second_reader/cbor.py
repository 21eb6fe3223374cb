"""Canonical CBOR, file 01, 1.1: the decoder accepts exactly what the encoder writes.

Items are Python's int, bytes, str, list, dict, bool and None.
"""

from typing import Any

from .failure import Refused

MOST_LEVELS = 16
SIMPLE = {0xF4: False, 0xF5: True, 0xF6: None}


class Malformed(Refused):
    """The bytes are not one canonical item."""


def decode(data: bytes) -> Any:
    """The one item that the bytes hold. Raises Malformed."""
    decoder = _Decoder(data)
    item = decoder.item(0)
    if decoder.at != len(data):
        raise Malformed(f"bytes follow the first item, from byte {decoder.at} on")
    return item


def encode(item: Any) -> bytes:
    """The canonical bytes of an item."""
    if item is None:
        return b"\xf6"
    if isinstance(item, bool):
        return b"\xf5" if item else b"\xf4"
    if isinstance(item, int):
        return _encode_integer(item)
    if isinstance(item, bytes):
        return _head(2, len(item)) + item
    if isinstance(item, str):
        utf8 = item.encode("utf-8")
        return _head(3, len(utf8)) + utf8
    if isinstance(item, list):
        return _head(4, len(item)) + b"".join(encode(element) for element in item)
    if isinstance(item, dict):
        pairs = sorted((encode(key), encode(value)) for key, value in item.items())
        return _head(5, len(pairs)) + b"".join(key + value for key, value in pairs)
    raise TypeError(f"{type(item).__name__} is no CBOR item of the specification")


def _encode_integer(number: int) -> bytes:
    negative = number < 0
    magnitude = -1 - number if negative else number
    if magnitude < 2**64:
        return _head(1 if negative else 0, magnitude)
    content = magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "big")
    return (b"\xc3" if negative else b"\xc2") + encode(content)


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for information, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << 8 * size:
            return bytes([major << 5 | information]) + argument.to_bytes(size, "big")
    raise ValueError("an argument of a head has at most 64 bits")


class _Decoder:
    """Reads from the front; `at` is the next byte."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise Malformed(f"the input ends at byte {len(self.data)}, inside an item")
        taken = self.data[self.at : end]
        self.at = end
        return taken

    def head(self) -> tuple[int, int, int]:
        """Initial byte, major type, argument."""
        initial = self.take(1)[0]
        information = initial & 31
        if information < 24:
            return initial, initial >> 5, information
        if information > 27:
            raise Malformed(f"indefinite length or reserved head before byte {self.at}")
        size = 1 << (information - 24)
        argument = int.from_bytes(self.take(size), "big")
        if argument < (24 if size == 1 else 1 << 4 * size):
            raise Malformed(f"head longer than needed before byte {self.at}")
        return initial, initial >> 5, argument

    def item(self, level: int) -> Any:
        if self.at < len(self.data) and self.data[self.at] >> 5 == 7:
            return self.simple()
        initial, major, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            return self.text(argument)
        if major == 6:
            return self.large(initial)
        if level == MOST_LEVELS:
            raise Malformed(f"more than {MOST_LEVELS} levels before byte {self.at}")
        if major == 4:
            return [self.item(level + 1) for _ in range(argument)]
        return self.map(argument, level + 1)

    def simple(self) -> bool | None:
        initial = self.take(1)[0]
        if initial not in SIMPLE:
            raise Malformed(f"0x{initial:02x} before byte {self.at} is none of false, true, null")
        return SIMPLE[initial]

    def text(self, size: int) -> str:
        try:
            return self.take(size).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Malformed(f"text before byte {self.at} is not UTF-8") from error

    def large(self, initial: int) -> int:
        if initial not in (0xC2, 0xC3):
            raise Malformed(f"a tag other than 2 and 3 before byte {self.at}")
        _, major, size = self.head()
        if major != 2 or not 9 <= size <= 32:
            raise Malformed(f"large integer before byte {self.at} is no byte string of 9 to 32 bytes")
        content = self.take(size)
        if content[0] == 0:
            raise Malformed(f"large integer before byte {self.at} begins with zero")
        number = int.from_bytes(content, "big")
        return number if initial == 0xC2 else -1 - number

    def map(self, size: int, level: int) -> dict[int | str, Any]:
        entries: dict[int | str, Any] = {}
        last = b""
        for _ in range(size):
            start = self.at
            key = self.key()
            encoded = self.data[start : self.at]
            # No encoded key is empty, so the first one always passes.
            if encoded <= last:
                raise Malformed(f"map keys are equal or not ascending at byte {start}")
            last = encoded
            entries[key] = self.item(level)
        return entries

    def key(self) -> int | str:
        _, major, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 3:
            return self.text(argument)
        raise Malformed(f"a map key before byte {self.at} is neither text nor integer")
