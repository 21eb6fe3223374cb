"""Verification, file 11: from the bytes of a proof to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from . import keys
from .chain import Notes, check_end, check_header, check_links, check_log_step, height_of
from .cometbft import SECOND, Commit, Header, result_leaf_hash
from .failure import NotSupported, NotValid, expect, failing
from .file_value import FileValue, find_file_values
from .history import app_hash
from .merkle import root_from_path, root_from_sides
from .outcome import VERDICTS, result_data
from .proofs import Acted, Proof, Receipt, State, decode_proof, kind_of, parse_proof
from .sealed import check_disclosure
from .state_tree import tree_root
from .transaction import Signature, Signer, signatures_hash, signed_bytes
from .trust_file import TrustFile


@dataclass(frozen=True)
class Answer:
    """The verdict of 11.1 and what it lets one say, 11.8. Of a proof that is not valid nothing is said."""

    verdict: str
    """not-valid, unproved, fresh or renewed; unsupported where this machine lacks an algorithm."""
    reason: str
    message: str
    kind: str | None = None
    height: int | None = None
    no_later_than: int | None = None
    """Nanoseconds since 1970."""
    outcome: str | None = None
    contract: str | None = None
    action: str | None = None
    file: str = "not-asked"
    """same, different, none (the proof names no file) or not-asked."""
    signers: Sequence[str] = field(default_factory=tuple)


def verify(proof: bytes, trust: TrustFile | None, clock: int | None, file: FileValue | None = None) -> Answer:
    """Judges a proof; `clock` is in nanoseconds since 1970, None where there is none."""
    if trust is None:
        return Answer("unproved", "no-trust-file", "Without a trust file nothing is believed.")
    kind = None
    # Whether a file is the right one is said only of a proof that holds otherwise.
    compared = "not-asked" if file is None else "none"
    try:
        item = decode_proof(proof)
        kind = kind_of(item)
        parsed = parse_proof(kind, item)
        notes = _check(parsed, trust, _now(trust, clock))
        compared = _compare_file(parsed, file)
        _check_file(compared)
    except NotValid as failure:
        return Answer("not-valid", failure.reason, str(failure), kind, file=compared)
    except NotSupported as lack:
        return Answer("unsupported", "not-supported", str(lack), kind, file=compared)
    verdict, reason, message = _verdict(parsed, notes)
    said = _describe(parsed, trust)
    return replace(said, verdict=verdict, reason=reason, message=message, kind=kind, file=compared)


def _now(trust: TrustFile, clock: int | None) -> int | None:
    # This reader does not know when it was built.
    return None if clock is None else max(clock, trust.issued * SECOND)


def _check(proof: Proof, trust: TrustFile, now: int | None) -> Notes:
    """All steps but the first and the last two."""
    algorithms: list[int] = []
    headers = proof.trusted.headers
    if isinstance(proof, Receipt):
        _check_receipt(proof, trust)
        algorithms = [] if proof.trusted.links else _algorithms(proof)
    elif isinstance(proof, Acted):
        _check_acted(proof, trust)
        headers = [proof.header, *headers]
    else:
        _check_state(proof, trust)
    notes = Notes()
    for header in headers:
        check_header(trust, header, notes)
    check_links(trust, proof.trusted)
    check_end(trust, proof.trusted, algorithms, now, notes)
    return notes


def _verdict(proof: Proof, notes: Notes) -> tuple[str, str, str]:
    """Step 15: verdict, reason, message."""
    if notes.reasons:
        return "unproved", *notes.reasons[0]
    if isinstance(proof.trusted.end, Commit) and not proof.trusted.links:
        return "fresh", "fresh", "It ends in a commit of validators believed today."
    return "renewed", "renewed", "It ends, by the history log, in something believed today."


def _check_receipt(receipt: Receipt, trust: TrustFile) -> None:
    """11.3, steps 2 to 8."""
    payload, call, outcome = receipt.payload, receipt.call, receipt.outcome
    expect(payload.ledger == trust.ledger, "unknown-ledger", "The receipt is of another ledger than the trust file.")
    with failing("wrong-call"):
        calls_root = root_from_path(call.leaf_hash, outcome.index, payload.count, receipt.calls_path)
    expect(calls_root == payload.calls_root, "wrong-call", "The call is not the one in the payload.")
    expect(outcome.call_hash == call.leaf_hash, "wrong-outcome", "The outcome is of another call.")
    with failing("wrong-outcome"):
        outcomes_root = root_from_path(outcome.leaf_hash, outcome.index, payload.count, receipt.outcomes_path)
    _check_result(receipt, outcomes_root)
    _check_signers(receipt)
    with failing("wrong-disclosure"):
        for disclosure in receipt.disclosures:
            check_disclosure(disclosure, payload, call)


def _check_result(receipt: Receipt, outcomes_root: bytes) -> None:
    signed = receipt.signed if isinstance(receipt.signed, bytes) else signatures_hash(receipt.signed)
    leaf = result_leaf_hash(result_data(receipt.payload.identity, signed, outcomes_root))
    with failing("wrong-result"):
        results = root_from_sides(leaf, receipt.sides, receipt.results_path)
    expect(
        results == receipt.trusted.headers[0].last_results_hash,
        "wrong-result",
        "The first header does not hold this result of the transaction.",
    )


def _check_signers(receipt: Receipt) -> None:
    """Step 7."""
    registered = [signer for signer in receipt.payload.signers if signer.stranger is None]
    needed = 0 if isinstance(receipt.signed, bytes) else len(registered)
    expect(len(receipt.keys) == needed, "wrong-signers", f"There are {len(receipt.keys)} keys instead of {needed}.")
    if isinstance(receipt.signed, bytes):
        return
    shown = iter(receipt.keys)
    for signer, signature in zip(receipt.payload.signers, receipt.signed):
        algorithm, key = signer.stranger or (signature.algorithm, next(shown))
        expect(signature.algorithm == algorithm, "wrong-signers", "A signature names another algorithm than its key.")
        expect(len(key) == keys.KEY_BYTES[algorithm], "wrong-signers", "A key has not the length of its algorithm.")
        expect(keys.key_id(algorithm, key) == signature.key_id, "wrong-signers", "A signature names another key.")
        expect(
            keys.verifies(algorithm, key, signature.octets, signed_bytes(receipt.payload, signature)),
            "wrong-signature",
            "A signature does not verify.",
        )


def _algorithms(receipt: Receipt) -> list[int]:
    """Whose suites are asked in step 13 d."""
    if isinstance(receipt.signed, bytes):
        return [signer.stranger[0] for signer in receipt.payload.signers if signer.stranger]
    return [signature.algorithm for signature in receipt.signed]


def _check_acted(acted: Acted, trust: TrustFile) -> None:
    """11.4, steps 2 and 3."""
    action = acted.action
    with failing("wrong-action"):
        actions_root = root_from_path(action.leaf_hash, action.index, acted.own.actions, acted.actions_path)
    target = acted.trusted.headers[0] if acted.trusted.headers else acted.trusted.end
    assert not isinstance(target, Commit)
    check_log_step(trust, acted.header, replace(acted.own, actions_root=actions_root), target, "wrong-action")


def _check_state(state: State, trust: TrustFile) -> None:
    """11.5, steps 2 and 3."""
    with failing("wrong-state"):
        root = tree_root(state.tree)
    height, expected = _claimed_app_hash(state, trust)
    expect(
        height is None or expected is None or expected == app_hash(trust.ledger, root, state.log_root, height),
        "wrong-state",
        f"The state tree is not the one at height {height}.",
    )


def _claimed_app_hash(state: State, trust: TrustFile) -> tuple[int | None, bytes | None]:
    if not state.trusted.headers:
        assert isinstance(state.trusted.end, int)
        return state.trusted.end, trust.app_hashes.get(state.trusted.end)
    first = state.trusted.headers[0]
    return _height_before(trust, first), first.app_hash


def _compare_file(proof: Proof, file: FileValue | None) -> str:
    if file is None:
        return "not-asked"
    if not isinstance(proof, Receipt):
        return "none"
    opened = [disclosure.value for disclosure in proof.disclosures]
    values = list(find_file_values([proof.call.input, *opened]))
    if not values:
        return "none"
    return "same" if file in values else "different"


def _check_file(compared: str) -> None:
    """Step 14."""
    expect(compared != "different", "wrong-file", "The file is another than the proof names.")
    expect(compared != "none", "no-file", "The proof names no file.")


def _describe(proof: Proof, trust: TrustFile) -> Answer:
    """What 11.8 lets one say; verdict and reason are filled in by the caller."""
    said = Answer("", "", "")
    first = proof.trusted.headers[0] if proof.trusted.headers else None
    if isinstance(proof, Receipt):
        return replace(
            said,
            height=_height_before(trust, first),
            no_later_than=first.time if first else None,
            outcome=VERDICTS[proof.outcome.verdict],
            contract=proof.call.contract,
            action=proof.call.action,
            signers=_describe_signers(proof),
        )
    if isinstance(proof, Acted):
        return replace(
            said,
            height=height_of(trust, proof.header),
            no_later_than=proof.header.time,
            outcome=VERDICTS[proof.action.verdict],
            contract=proof.action.contract,
            action=proof.action.name,
        )
    if first:
        return replace(said, height=_height_before(trust, first), no_later_than=first.time)
    assert isinstance(proof.trusted.end, int)
    is_anchor = proof.trusted.end == trust.anchor_height
    return replace(said, height=proof.trusted.end, no_later_than=trust.anchor_time * SECOND if is_anchor else None)


def _height_before(trust: TrustFile, header: Header | None) -> int | None:
    height = None if header is None else height_of(trust, header)
    return None if height is None else height - 1


def _describe_signers(receipt: Receipt) -> tuple[str, ...]:
    if isinstance(receipt.signed, bytes):
        return tuple(
            f"party {signer.party.hex()}, by the ledger's word: the keys are not shown"
            for signer in receipt.payload.signers
        )
    return tuple(
        _describe_signer(signer, signature) for signer, signature in zip(receipt.payload.signers, receipt.signed)
    )


def _describe_signer(signer: Signer, signature: Signature) -> str:
    if signer.party == keys.party_of(signature.key_id):
        return f"party {signer.party.hex()}, proved"
    return f"key {signature.key_id.hex()}; that it was party {signer.party.hex()}'s is the ledger's word"
