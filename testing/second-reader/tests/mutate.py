"""Writes changed proofs for two verifiers to disagree about: `python -m tests.mutate CASES FOLDER SEED COUNT`.

Each proof is a conformance case with a change somewhere in its items, so it is still canonical CBOR. FOLDER gets one
folder for each trust file of the cases, with `trust` and the proofs made under it. The same seed makes the same bytes.
"""

import json
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from second_reader import cbor

EDGES: list[Any] = [
    0, 1, -1, 23, 24, -19, -9, -49, 10**9, 2**31, 2**32, 2**53 - 1, 2**53, 2**64, 253402300800,
    None, False, True, "", "x", b"", bytes(16), bytes(31), bytes(32), [], {}, [0], {"a": 1}, {1: 1},
]  # fmt: skip


def main(cases: str, folder: str, seed: str, count: str) -> None:
    random = Random(int(seed))
    by_trust: dict[str, list[bytes]] = {}
    for line in Path(cases).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["trust"] and case["expect"] != "not-valid":
            by_trust.setdefault(case["trust"], []).append(b64decode(case["bytes"]))
    for number, (trust, proofs) in enumerate(by_trust.items()):
        place = Path(folder, str(number))
        place.mkdir(parents=True)
        (place / "trust").write_bytes(b64decode(trust))
        for i in range(int(count) // len(by_trust) + 1):
            changed = mutate(cbor.decode(random.choice(proofs)), random)
            (place / f"{i}.proof").write_bytes(cbor.encode(changed))


def mutate(item: Any, random: Random) -> Any:
    """A copy of an item with one place changed; in a byte string that is CBOR, often one place within."""
    path = random.choice(list(paths(item)))
    return put(item, path, lambda found: _change(found, random))


def paths(item: Any) -> Iterator[tuple[Any, ...]]:
    yield ()
    if isinstance(item, (list, dict)):
        for step, element in enumerate(item) if isinstance(item, list) else item.items():
            yield from ((step, *rest) for rest in paths(element))


def put(item: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(item)
    copied = item.copy()
    copied[path[0]] = put(item[path[0]], path[1:], change)
    return copied


def _change(found: Any, random: Random) -> Any:
    if random.random() < 0.3:
        return random.choice(EDGES)
    if isinstance(found, bytes):
        return _change_octets(found, random)
    if isinstance(found, list):
        return _change_array(found, random)
    if isinstance(found, dict):
        return {**found, random.choice([*found, 0, "a"]): random.choice(EDGES)}
    if isinstance(found, int):
        return found + random.choice([-1, 1, 7])
    return f"{found}x"


def _change_octets(found: bytes, random: Random) -> bytes:
    try:
        inner = cbor.decode(found)
    except cbor.Malformed:
        inner = None
    if isinstance(inner, (list, dict)):
        return cbor.encode(mutate(inner, random))
    at = random.randrange(len(found) + 1)
    flipped = bytes(octet ^ (1 << random.randrange(8)) if i == at else octet for i, octet in enumerate(found))
    return random.choice([flipped, flipped, found + bytes(32), found[:-32], found[32:]])


def _change_array(found: list[Any], random: Random) -> list[Any]:
    at = random.randrange(len(found) + 1)
    return random.choice(
        [
            [*found[:at], *found[at + 1 :]],
            [*found[:at], *found[at : at + 1], *found[at:]],
            [*found[:at], random.choice(EDGES), *found[at:]],
            [*found[:at], *reversed(found[at : at + 2]), *found[at + 2 :]],
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
