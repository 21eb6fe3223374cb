"""Sealed values and disclosures, file 07, 7.1 and 7.2."""

from dataclasses import dataclass
from typing import Any

from . import cbor, form
from .failure import Refused
from .hashing import tagged
from .transaction import Call, Payload


@dataclass(frozen=True)
class Disclosure:
    input_path: list[str | int]
    salt: bytes
    value: Any


def parse_disclosures(item: Any) -> list[Disclosure]:
    """The disclosures of a slip, in strictly ascending order of the encoded input path."""
    disclosures = [_parse_disclosure(one) for one in form.array(item, "disclosures")]
    paths = [cbor.encode(one.input_path) for one in disclosures]
    if any(after <= before for before, after in zip(paths, paths[1:])):
        raise Refused("the disclosures do not ascend by their input paths")
    return disclosures


def _parse_disclosure(item: Any) -> Disclosure:
    path, salt, value = form.array(item, "disclosure", 3)
    for step in form.array(path, "input path", at_least=1):
        if not isinstance(step, str):
            form.integer(step, "step of an input path")
    return Disclosure(path, form.octets(salt, "salt", 32), value)


def check_disclosure(disclosure: Disclosure, payload: Payload, call: Call) -> None:
    """Raises Refused unless the commitment at the input path is that of the disclosed value."""
    record, key, field_path, commitment = form.array(_follow(call.input, disclosure.input_path), "sealed field", 4)
    form.text(record, "sealed field, record")
    form.array(key, "sealed field, key")
    form.array(field_path, "sealed field, field path")
    form.digest(commitment, "sealed field, commitment")
    party = payload.signers[0].party
    opened = [payload.ledger, call.contract, record, key, field_path, party, disclosure.salt, disclosure.value]
    if tagged("acta/seal/1", cbor.encode(opened)) != commitment:
        raise Refused(f"the value disclosed at {disclosure.input_path} is not the one that was sealed there")


def _follow(input: Any, path: list[str | int]) -> Any:
    place = input
    for step in path:
        is_inside = (isinstance(step, str) and isinstance(place, dict) and step in place) or (
            isinstance(step, int) and isinstance(place, list) and step < len(place)
        )
        if not is_inside:
            raise Refused(f"the call's input has nothing at {path}")
        place = place[step]
    return place
