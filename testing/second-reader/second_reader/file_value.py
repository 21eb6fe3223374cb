"""File values, file 07, 7.3."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from . import form
from .failure import Refused
from .merkle import leaf_hash, root_of_hashes

CHUNK = 1048576


@dataclass(frozen=True)
class FileValue:
    size: int
    sha256: bytes
    root: bytes


def measure(path: Path) -> FileValue:
    """Size, SHA-256 and root of a file, read once and in slices of one chunk."""
    with path.open("rb") as opened:
        return _measure(opened)


def _measure(opened: BinaryIO) -> FileValue:
    size, whole, leaves = 0, sha256(), []
    while chunk := opened.read(CHUNK):
        size += len(chunk)
        whole.update(chunk)
        leaves.append(leaf_hash(chunk))
    return FileValue(size, whole.digest(), root_of_hashes(leaves))


def find_file_values(item: Any) -> Iterator[FileValue]:
    """Every file value in an item, at every depth."""
    if isinstance(item, list):
        for element in item:
            yield from find_file_values(element)
    elif isinstance(item, dict):
        if _is_file_value(item):
            yield FileValue(item["size"], item["sha256"], item["root"])
        for value in item.values():
            yield from find_file_values(value)


def _is_file_value(item: dict[Any, Any]) -> bool:
    try:
        form.table(item, "file value", {"size", "sha256", "root"})
        form.integer(item["size"], "size")
        form.digest(item["sha256"], "sha256")
        form.digest(item["root"], "root")
        return True
    except Refused:
        return False
