"""Small questions about the form of decoded items. Each returns its argument, or raises Refused naming the place."""

from collections.abc import Set as AbstractSet
from typing import Any

from .failure import Refused

MOST = 2**53 - 1
"""The bound of every `uint`, file 01, 1.2 and 1.5."""

MOST_SECONDS = 253402300799
"""The last second of the year 9999, file 01, 1.2."""


def array(item: Any, where: str, size: int | None = None, at_least: int = 0) -> list[Any]:
    if not isinstance(item, list):
        raise Refused(f"{where} is no array")
    if size is not None and len(item) != size:
        raise Refused(f"{where} has {len(item)} elements instead of {size}")
    if len(item) < at_least:
        raise Refused(f"{where} has {len(item)} elements, at least {at_least} are needed")
    return item


def table(item: Any, where: str, required: AbstractSet[Any], optional: AbstractSet[Any] = frozenset()) -> dict[Any, Any]:
    """A map of exactly the required keys and perhaps some of the optional ones."""
    if not isinstance(item, dict):
        raise Refused(f"{where} is no map")
    if not required <= item.keys() <= required | optional:
        raise Refused(f"{where} does not hold exactly its keys")
    return item


def text_table(item: Any, where: str) -> dict[str, Any]:
    """A map of any keys, all of them text."""
    if not isinstance(item, dict):
        raise Refused(f"{where} is no map")
    for key in item:
        text(key, f"a key of {where}")
    return item


def integer(item: Any, where: str, low: int = 0, high: int = MOST) -> int:
    # In Python a boolean is an integer; in the formats it is none.
    if isinstance(item, bool) or not isinstance(item, int):
        raise Refused(f"{where} is no integer")
    if not low <= item <= high:
        raise Refused(f"{where} is not from {low} to {high}")
    return item


def seconds(item: Any, where: str) -> int:
    return integer(item, where, 0, MOST_SECONDS)


def boolean(item: Any, where: str) -> bool:
    if not isinstance(item, bool):
        raise Refused(f"{where} is neither false nor true")
    return item


def text(item: Any, where: str) -> str:
    if not isinstance(item, str):
        raise Refused(f"{where} is no text")
    return item


def octets(item: Any, where: str, size: int | None = None) -> bytes:
    if not isinstance(item, bytes):
        raise Refused(f"{where} is no byte string")
    if size is not None and len(item) != size:
        raise Refused(f"{where} has {len(item)} bytes instead of {size}")
    return item


def digest(item: Any, where: str) -> bytes:
    return octets(item, where, 32)


def hashes(item: Any, where: str) -> bytes:
    """A byte string of whole 32 bytes."""
    joined = octets(item, where)
    if len(joined) % 32:
        raise Refused(f"{where} is no whole number of 32-byte hashes")
    return joined


def distinct(values: list[Any], where: str) -> None:
    if len(set(values)) != len(values):
        raise Refused(f"{where} are not distinct")
