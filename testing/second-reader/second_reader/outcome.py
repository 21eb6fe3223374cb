"""Outcomes of calls and actions of the ledger, file 05."""

from dataclasses import dataclass
from typing import Any

from . import cbor, form
from .failure import Refused
from .merkle import leaf_hash
from .transaction import MODE_TOGETHER

ACCEPTED, REFUSED, UNDONE = 0, 1, 2
VERDICTS = {ACCEPTED: "accepted", REFUSED: "refused", UNDONE: "undone"}


@dataclass(frozen=True)
class Outcome:
    index: int
    call_hash: bytes
    verdict: int
    leaf_hash: bytes


@dataclass(frozen=True)
class Action:
    """What the ledger did by itself."""

    index: int
    contract: str
    name: str
    verdict: int
    leaf_hash: bytes


def parse_outcome(item: Any, mode: int, count: int) -> Outcome:
    """The outcome of one of `count` calls, 5.1."""
    index, call_hash, verdict, refusal, bundle, changes = form.array(item, "outcome", 6)
    form.integer(verdict, "outcome, verdict", ACCEPTED, UNDONE)
    if verdict == UNDONE and (mode != MODE_TOGETHER or count < 2):
        raise Refused("undone occurs only in a together of two or more calls")
    _check_refusal(refusal, verdict)
    if verdict == ACCEPTED or bundle is not None:
        form.digest(bundle, "outcome, bundle hash")
    _check_changes(changes, verdict)
    return Outcome(
        index=form.integer(index, "outcome, index", 0, count - 1),
        call_hash=form.digest(call_hash, "outcome, call hash"),
        verdict=verdict,
        leaf_hash=leaf_hash(cbor.encode(item)),
    )


def parse_action(item: Any, number: int) -> Action:
    """One of the `number` actions of a block, 5.4."""
    index, due, contract, action, name, verdict, refusal, bundle, changes = form.array(item, "action", 9)
    form.seconds(due, "action, due")
    form.text(name, "action, name of the due entry")
    form.integer(verdict, "action, verdict", ACCEPTED, REFUSED)
    _check_refusal(refusal, verdict)
    form.digest(bundle, "action, bundle hash")
    _check_changes(changes, verdict)
    return Action(
        index=form.integer(index, "action, index", 0, number - 1),
        contract=form.text(contract, "action, contract"),
        name=form.text(action, "action, name"),
        verdict=verdict,
        leaf_hash=leaf_hash(cbor.encode(item)),
    )


def result_data(identity: bytes, signatures: bytes, outcomes_root: bytes) -> bytes:
    """The data of a transaction's result, 5.2."""
    return cbor.encode([1, identity, signatures, outcomes_root])


def _check_refusal(refusal: Any, verdict: int) -> None:
    if verdict != REFUSED:
        if refusal is not None:
            raise Refused("a refusal stands beside a verdict that is not refused")
        return
    contract, code, blanks = form.array(refusal, "refusal", 3)
    form.text(contract, "refusal, contract")
    form.text(code, "refusal, code")
    form.text_table(blanks, "refusal, blanks")


def _check_changes(changes: Any, verdict: int) -> None:
    if verdict == ACCEPTED:
        form.digest(changes, "changes root")
    elif changes is not None:
        raise Refused("a changes root stands beside a verdict that is not accepted")
