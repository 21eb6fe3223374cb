"""Payload, signatures and call of a transaction, file 04, as far as a receipt shows them."""

from dataclasses import dataclass
from typing import Any

from . import cbor, form, keys
from .failure import NotValid, Refused
from .hashing import tagged
from .merkle import leaf_hash

MODE_TOGETHER = 1
MOST_SIGNERS = 16


@dataclass(frozen=True)
class Signer:
    """Who signs: `stranger` is (algorithm, key), or None for a registered party."""

    party: bytes
    stranger: tuple[int, bytes] | None


@dataclass(frozen=True)
class Payload:
    encoded: bytes
    ledger: bytes
    signers: list[Signer]
    mode: int
    count: int
    calls_root: bytes

    @property
    def identity(self) -> bytes:
        return tagged("acta/tx/1", self.encoded)


@dataclass(frozen=True)
class Signature:
    protected: bytes
    algorithm: int
    key_id: bytes
    octets: bytes


@dataclass(frozen=True)
class Call:
    contract: str
    action: str
    input: dict[str, Any]
    leaf_hash: bytes


def parse_payload(encoded: bytes) -> Payload:
    """Decodes the content of the byte string `payload`, 4.1. Raises Refused, or NotValid for another version."""
    fields = form.table(cbor.decode(encoded), "payload", set(range(1, 9)))
    if form.integer(fields[1], "payload, version") != 1:
        raise NotValid("unknown-version", f"The payload has version {fields[1]}; this reader knows version 1.")
    form.seconds(fields[3], "payload, expiry")
    form.octets(fields[4], "payload, nonce", 16)
    signers = [_parse_signer(signer) for signer in form.array(fields[5], "signers", at_least=1)]
    if len(signers) > MOST_SIGNERS:
        raise Refused(f"there are {len(signers)} signers; at most {MOST_SIGNERS} are admitted")
    form.distinct([signer.party for signer in signers], "the signers' parties")
    return Payload(
        encoded=encoded,
        ledger=form.digest(fields[2], "payload, ledger"),
        signers=signers,
        mode=form.integer(fields[6], "payload, mode", 0, 1),
        count=form.integer(fields[7], "payload, count", 1),
        calls_root=form.digest(fields[8], "payload, calls root"),
    )


def _parse_signer(item: Any) -> Signer:
    if isinstance(item, dict) and 5 in item:
        algorithm, key = form.array(form.table(item, "stranger", {5})[5], "stranger's key", 2)
        keys.parse_algorithm(algorithm, "stranger's algorithm")
        keys.parse_key(algorithm, key, "stranger's key")
        return Signer(keys.party_of(keys.key_id(algorithm, key)), (algorithm, key))
    fields = form.table(item, "signer", {1}, {2, 3, 4})
    if 2 in fields:
        form.digest(fields[2], "signer, institution")
    if 3 in fields:
        roles = [form.array(role, "role", 2) for role in form.array(fields[3], "roles", at_least=1)]
        names = [(form.text(role[0], "role, contract"), form.text(role[1], "role")) for role in roles]
        form.distinct(names, "a signer's roles")
    if 4 in fields:
        mandates = form.array(fields[4], "mandates", at_least=1)
        form.distinct([form.octets(mandate, "mandate", 16) for mandate in mandates], "a signer's mandates")
    return Signer(form.digest(fields[1], "signer, party"), None)


def parse_signatures(item: Any, signers: int) -> list[Signature]:
    """The whole signature list, one for each signer."""
    signatures = [_parse_signature(signature) for signature in form.array(item, "signatures", signers)]
    form.distinct([signature.key_id for signature in signatures], "the key ids of the signatures")
    return signatures


def _parse_signature(item: Any) -> Signature:
    protected, unprotected, octets = form.array(item, "signature", 3)
    form.table(unprotected, "signature, unprotected header", set())
    header = form.table(cbor.decode(form.octets(protected, "protected header")), "protected header", {1, 4})
    algorithm = keys.parse_algorithm(header[1], "signature, algorithm")
    identifier = form.digest(header[4], "signature, key id")
    form.octets(octets, "signature", keys.SIGNATURE_BYTES[algorithm])
    return Signature(protected, algorithm, identifier, octets)


def parse_call(item: Any, count: int) -> Call:
    """One call of `count`, 4.1."""
    contract, version, action, input, expects, blind = form.array(item, "call", 6)
    form.integer(version, "call, major version")
    _require_text_keys(form.text_table(input, "call, input"))
    for entry in form.array(expects, "call, expects"):
        place, found = form.array(entry, "expectation", 2)
        form.array(place, "expectation, place", at_least=2)
        form.text(place[0], "expectation, contract")
        form.text(place[1], "expectation, record")
        if found is not None:
            form.digest(found, "expectation, hash")
    form.octets(blind, "call, blind", 16 if count > 1 else 0)
    return Call(
        contract=form.text(contract, "call, contract"),
        action=form.text(action, "call, action"),
        input=input,
        leaf_hash=leaf_hash(cbor.encode(item)),
    )


def _require_text_keys(item: Any) -> None:
    if isinstance(item, dict):
        for value in form.text_table(item, "a map in the call's input").values():
            _require_text_keys(value)
    elif isinstance(item, list):
        for element in item:
            _require_text_keys(element)


def signed_bytes(payload: Payload, signature: Signature) -> bytes:
    """What a signature is over, 4.2: the Sig_structure of RFC 9052, 4.4."""
    return cbor.encode(["Signature", b"", signature.protected, b"acta/tx/1", payload.encoded])


def signatures_hash(signatures: list[Signature]) -> bytes:
    """File 05, 5.2."""
    return tagged("acta/signatures/1", cbor.encode([[one.protected, {}, one.octets] for one in signatures]))
