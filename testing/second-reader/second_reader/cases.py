"""Conformance: the cases of a file, as docs/spec/README.md explains them."""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from . import cbor
from .clock import parse_time
from .failure import Refused
from .trust_file import TrustFile, parse_trust_file
from .verify import verify

UNSUPPORTED = "unsupported"


@dataclass
class Agreement:
    """How many cases agree, by kind, and what the others are."""

    agree: Counter[str] = field(default_factory=Counter)
    unsupported: list[str] = field(default_factory=list)
    disagree: list[str] = field(default_factory=list)


def run_cases(lines: Iterable[str]) -> Agreement:
    """Gives this reader's answer to each case and compares it with the expected one."""
    agreement = Agreement()
    for number, line in enumerate(lines, start=1):
        case = json.loads(line)
        answer, reason = answer_to(case)
        where = f"line {number}, {case['kind']}: {case['note']}"
        if answer == case["expect"]:
            agreement.agree[case["kind"]] += 1
        elif answer == UNSUPPORTED:
            agreement.unsupported.append(where)
        else:
            agreement.disagree.append(f"{where}: expected {case['expect']}, answered {answer} ({reason})")
    return agreement


def answer_to(case: dict[str, Any]) -> tuple[str, str]:
    """This reader's answer to a case, and the reason for it."""
    octets = b64decode(case["bytes"], validate=True)
    if case["kind"] == "cbor":
        return _answer_to_item(octets)
    if case["kind"] == "trust":
        return _answer_to_trust_file(octets)
    answer = verify(octets, _trust_file(case["trust"]), parse_time(case["now"]))
    if answer.kind not in (None, case["kind"]):
        return f"{answer.verdict} as {answer.kind}", answer.message
    return answer.verdict, f"{answer.reason}: {answer.message}"


def _answer_to_item(octets: bytes) -> tuple[str, str]:
    try:
        cbor.decode(octets)
        return "valid-cbor", ""
    except cbor.Malformed as malformed:
        return "invalid-cbor", str(malformed)


def _answer_to_trust_file(octets: bytes) -> tuple[str, str]:
    try:
        parse_trust_file(octets)
        return "valid-cbor", ""
    except cbor.Malformed as malformed:
        return "invalid-cbor", str(malformed)
    except Refused as refusal:
        return "not-valid", str(refusal)


@lru_cache(maxsize=64)
def _trust_file(encoded: str | None) -> TrustFile | None:
    return None if encoded is None else parse_trust_file(b64decode(encoded, validate=True))
