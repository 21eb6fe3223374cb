"""The four forms of proof, file 09: from bytes to values, everything of step 1 (11.2) checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import cbor, form
from .cometbft import SECOND, BlockId, Commit, Header, Vote
from .failure import NotValid, Refused, failing
from .outcome import Action, Outcome, parse_action, parse_outcome
from .sealed import Disclosure, parse_disclosures
from .state_tree import TreeProof, parse_tree_proof
from .transaction import Call, Payload, Signature, parse_call, parse_payload, parse_signatures

KINDS = {"acta/receipt/1": "receipt", "acta/acted/1": "acted", "acta/state/1": "state", "acta/slip/1": "slip"}
MOST_LINKS = 8


@dataclass(frozen=True)
class Link:
    actions: int
    actions_root: bytes
    log_path: bytes
    state_root: bytes


@dataclass(frozen=True)
class Trusted:
    """What leads to something believed. No header and no link where a height stands in the place of `trusted`."""

    headers: list[Header]
    links: list[Link]
    end: Commit | int


@dataclass(frozen=True)
class Receipt:
    payload: Payload
    signed: list[Signature] | bytes
    """The whole signature list, or its hash alone."""
    keys: list[bytes]
    call: Call
    calls_path: bytes
    outcome: Outcome
    outcomes_path: bytes
    sides: bytes
    results_path: bytes
    trusted: Trusted
    disclosures: list[Disclosure]
    """Of a slip; a receipt has none."""


@dataclass(frozen=True)
class Acted:
    header: Header
    action: Action
    own: Link
    """Number of actions, log path and state root of the proof itself; its actions root is computed in 11.4."""
    actions_path: bytes
    trusted: Trusted


@dataclass(frozen=True)
class State:
    tree: TreeProof
    log_root: bytes
    trusted: Trusted


Proof = Receipt | Acted | State


def kind_of(item: Any) -> str:
    """Which of the four forms an item says it has. Raises NotValid."""
    if not isinstance(item, list) or not item or not isinstance(item[0], str):
        raise NotValid("wrong-form", "The item is no array that begins with the name of a proof.")
    if item[0] in KINDS:
        return KINDS[item[0]]
    if any(item[0].startswith(name[:-1]) for name in KINDS):
        raise NotValid("unknown-version", f"The proof calls itself {item[0]}; this reader knows version 1.")
    raise NotValid("wrong-form", "The item begins with no name of a proof.")


def parse_proof(kind: str, item: Any) -> Proof:
    """Step 1 for a decoded item. Raises NotValid."""
    parsers: dict[str, Callable[[Any], Proof]] = {
        "receipt": _parse_receipt,
        "acted": _parse_acted,
        "state": _parse_state,
        "slip": _parse_slip,
    }
    with failing("wrong-form"):
        return parsers[kind](item)


def _parse_slip(item: Any) -> Receipt:
    _, disclosures, receipt = form.array(item, "slip", 3)
    if kind_of(receipt) != "receipt":
        raise Refused("the last element of a slip is no receipt")
    return _parse_receipt(receipt, parse_disclosures(disclosures))


def _parse_receipt(item: Any, disclosures: list[Disclosure] | None = None) -> Receipt:
    _, payload, signed, keys, call, calls_path, outcome, outcomes_path, results, trusted = form.array(
        item, "receipt", 10
    )
    read = parse_payload(form.octets(payload, "payload"))
    sides, results_path = form.array(results, "sided path", 2)
    return Receipt(
        payload=read,
        signed=signed if _is_hash(signed) else parse_signatures(signed, len(read.signers)),
        keys=[form.octets(key, "key") for key in form.array(keys, "keys")],
        call=parse_call(call, read.count),
        calls_path=form.octets(calls_path, "calls path"),
        outcome=parse_outcome(outcome, read.mode, read.count),
        outcomes_path=form.octets(outcomes_path, "outcomes path"),
        sides=form.octets(sides, "sides"),
        results_path=form.octets(results_path, "hashes of the sided path"),
        trusted=_parse_trusted(trusted),
        disclosures=disclosures or [],
    )


def _is_hash(signed: Any) -> bool:
    return isinstance(signed, bytes) and len(form.digest(signed, "signatures hash")) == 32


def _parse_acted(item: Any) -> Acted:
    _, header, action, number, actions_path, log_path, state_root, trusted = form.array(item, "acted proof", 8)
    form.integer(number, "number of actions", 1)
    return Acted(
        header=_parse_header(header),
        action=parse_action(action, number),
        own=Link(number, b"", form.octets(log_path, "log path"), form.digest(state_root, "state root")),
        actions_path=form.octets(actions_path, "actions path"),
        trusted=_parse_trusted_or_height(trusted),
    )


def _parse_state(item: Any) -> State:
    _, tree, log_root, trusted = form.array(item, "state proof", 4)
    return State(parse_tree_proof(tree), form.digest(log_root, "log root"), _parse_trusted_or_height(trusted))


def _parse_trusted_or_height(item: Any) -> Trusted:
    if isinstance(item, list):
        return _parse_trusted(item)
    return Trusted([], [], form.integer(item, "the height at the end"))


def _parse_trusted(item: Any) -> Trusted:
    headers, links, end = form.array(item, "trusted", 3)
    trusted = Trusted(
        headers=[_parse_header(header) for header in form.array(headers, "headers", at_least=1)],
        links=[_parse_link(link) for link in form.array(links, "links")],
        end=_parse_commit(end) if isinstance(end, list) else form.integer(end, "the height at the end"),
    )
    if len(trusted.links) > MOST_LINKS:
        raise Refused(f"there are {len(trusted.links)} links; at most {MOST_LINKS} are admitted")
    if len(trusted.headers) != len(trusted.links) + isinstance(trusted.end, Commit):
        raise Refused("the numbers of headers and links do not fit each other")
    return trusted


def _parse_link(item: Any) -> Link:
    actions, actions_root, log_path, state_root = form.array(item, "link", 4)
    return Link(
        form.integer(actions, "link, number of actions"),
        form.digest(actions_root, "link, actions root"),
        form.hashes(log_path, "link, log path"),
        form.digest(state_root, "link, state root"),
    )


def _parse_header(item: Any) -> Header:
    versions, chain, height, time, last_block, *hashes, proposer = form.array(item, "header", 14)
    block_version, app_version = form.array(versions, "header, versions", 2)
    if len(form.text(chain, "header, chain id").encode()) > 50:
        raise Refused("header, chain id has more than 50 bytes")
    form.integer(height, "header, height", 1)
    return Header(
        block_version=form.integer(block_version, "header, block version", 0, 2**64 - 1),
        app_version=form.integer(app_version, "header, app version", 0, 2**64 - 1),
        chain=chain,
        height=height,
        time=_parse_time(form.array(time, "header, time", 2)),
        last_block=_parse_last_block(last_block, height),
        hashes=tuple(form.digest(value, "header, hash") for value in hashes),
        proposer=form.octets(proposer, "header, proposer", 20),
    )


def _parse_last_block(item: Any, height: int) -> BlockId:
    block_hash, parts = form.array(item, "header, last block id", 2)
    part_count, parts_hash = form.array(parts, "header, parts of the last block", 2)
    size = 0 if height == 1 else 32
    return BlockId(
        form.octets(block_hash, "header, last block hash", size),
        form.integer(part_count, "header, part count", 0, 0 if height == 1 else 2**32 - 1),
        form.octets(parts_hash, "header, parts hash", size),
    )


def _parse_commit(item: Any) -> Commit:
    round, part_count, parts_hash, votes = form.array(item, "commit", 4)
    commit = Commit(
        round=form.integer(round, "commit, round", 0, 2**31 - 1),
        part_count=form.integer(part_count, "commit, part count", 0, 2**32 - 1),
        parts_hash=form.digest(parts_hash, "commit, parts hash"),
        votes=[_parse_vote(vote) for vote in form.array(votes, "commit, votes", at_least=1)],
    )
    if any(after.index <= before.index for before, after in zip(commit.votes, commit.votes[1:])):
        raise Refused("the votes' indices do not ascend")
    return commit


def _parse_vote(item: Any) -> Vote:
    index, seconds, nanoseconds, signature = form.array(item, "vote", 4)
    return Vote(
        form.integer(index, "vote, index"),
        _parse_time([seconds, nanoseconds]),
        form.octets(signature, "vote, signature"),
    )


def _parse_time(pair: list[Any]) -> int:
    nanoseconds = form.integer(pair[1], "nanoseconds", 0, SECOND - 1)
    return form.seconds(pair[0], "seconds") * SECOND + nanoseconds


def decode_proof(proof: bytes) -> Any:
    """The one canonical item that the bytes are. Raises NotValid."""
    with failing("wrong-form"):
        return cbor.decode(proof)
