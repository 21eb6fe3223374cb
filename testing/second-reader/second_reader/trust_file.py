"""The trust file, file 10: its form, its rules and what it lists."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import cbor, form, keys
from .cometbft import Validator, in_order, validators_hash
from .failure import Refused
from .hashing import sha256, tagged

NAME = re.compile(r"[a-z][a-z0-9-]{0,23}")


@dataclass(frozen=True)
class ValidatorSet:
    first_height: int
    validators: list[Validator]
    institutions: list[str]

    @cached_property
    def hash(self) -> bytes:
        return validators_hash(self.validators)

    @cached_property
    def power(self) -> int:
        return sum(validator.power for validator in self.validators)


@dataclass(frozen=True)
class Epoch:
    number: int
    chain: str
    base: int
    last_header: bytes
    app_hash: bytes
    time: int
    first_validators: bytes
    sets: list[ValidatorSet]
    last_height: int | None
    """None while the epoch is open; so is `last_app_hash`."""
    last_app_hash: bytes | None


@dataclass(frozen=True)
class TrustFile:
    """Times are whole seconds here, as in the file."""

    fingerprint: bytes
    ledger: bytes
    name: str
    origin: str
    development: bool
    demo: bool
    issued: int
    period: int
    anchor_height: int
    anchor_app_hash: bytes
    anchor_time: int
    epochs: list[Epoch]
    suites: dict[int, int]
    """Until when an algorithm is believed."""

    @property
    def last_set(self) -> ValidatorSet:
        return self.epochs[-1].sets[-1]

    @cached_property
    def epoch_of_chain(self) -> dict[str, Epoch]:
        return {epoch.chain: epoch for epoch in self.epochs}

    @cached_property
    def app_hashes(self) -> dict[int, bytes]:
        """The listed app hashes by ledger height, 10.2."""
        listed = {self.anchor_height: self.anchor_app_hash}
        for epoch in self.epochs:
            if epoch.last_height is not None and epoch.last_app_hash is not None:
                listed[epoch.last_height] = epoch.last_app_hash
        return listed


def parse_trust_file(octets: bytes) -> TrustFile:
    """Accepts a trust file by 10.1. Raises cbor.Malformed by file 01, any other Refused by file 10."""
    fields = form.table(
        cbor.decode(octets),
        "trust file",
        {"format", "ledger", "name", "origin", "flags", "issued", "period", "anchor", "epochs", "suites"},
    )
    if form.integer(fields["format"], "format") != 1:
        raise Refused(f"format is {fields['format']}; this reader knows format 1")
    flags = form.table(fields["flags"], "flags", {"development", "demo"})
    anchor = form.table(fields["anchor"], "anchor", {"height", "appHash", "time"})
    trust = TrustFile(
        fingerprint=sha256(octets),
        ledger=form.digest(fields["ledger"], "ledger"),
        name=form.text(fields["name"], "name"),
        origin=form.text(fields["origin"], "origin"),
        development=form.boolean(flags["development"], "flags, development"),
        demo=form.boolean(flags["demo"], "flags, demo"),
        issued=form.seconds(fields["issued"], "issued"),
        period=form.seconds(fields["period"], "period"),
        anchor_height=form.integer(anchor["height"], "anchor, height", 1),
        anchor_app_hash=form.digest(anchor["appHash"], "anchor, appHash"),
        anchor_time=form.seconds(anchor["time"], "anchor, time"),
        epochs=[_parse_epoch(epoch) for epoch in form.array(fields["epochs"], "epochs", at_least=1)],
        suites=_parse_suites(fields["suites"]),
    )
    _check(trust)
    return trust


def _parse_suites(item: Any) -> dict[int, int]:
    suites = [form.table(suite, "suite", {"algorithm", "until"}) for suite in form.array(item, "suites")]
    pairs = [
        (form.integer(suite["algorithm"], "suite, algorithm", -form.MOST), form.seconds(suite["until"], "suite, until"))
        for suite in suites
    ]
    form.distinct([algorithm for algorithm, _ in pairs], "the algorithms of the suites")
    return dict(pairs)


def _parse_epoch(item: Any) -> Epoch:
    required = {"number", "chain", "base", "lastHeader", "appHash", "time", "firstValidators", "sets"}
    fields = form.table(item, "epoch", required, {"lastHeight", "lastAppHash"})
    number = form.integer(fields["number"], "epoch, number")
    size = 0 if number == 0 else 32
    return Epoch(
        number=number,
        chain=form.text(fields["chain"], "epoch, chain"),
        base=form.integer(fields["base"], "epoch, base"),
        last_header=form.octets(fields["lastHeader"], "epoch, lastHeader", size),
        app_hash=form.octets(fields["appHash"], "epoch, appHash", size),
        time=form.seconds(fields["time"], "epoch, time"),
        first_validators=form.digest(fields["firstValidators"], "epoch, firstValidators"),
        sets=[_parse_set(one) for one in form.array(fields["sets"], "epoch, sets", at_least=1)],
        last_height=form.integer(fields["lastHeight"], "epoch, lastHeight") if "lastHeight" in fields else None,
        last_app_hash=form.digest(fields["lastAppHash"], "epoch, lastAppHash") if "lastAppHash" in fields else None,
    )


def _parse_set(item: Any) -> ValidatorSet:
    fields = form.table(item, "set", {"from", "validators"})
    validators, institutions = [], []
    for one in form.array(fields["validators"], "set, validators", at_least=1):
        entry = form.table(one, "validator", {"institution", "algorithm", "key", "power"})
        institutions.append(form.text(entry["institution"], "validator, institution"))
        algorithm = keys.parse_algorithm(entry["algorithm"], "validator, algorithm")
        if algorithm not in keys.VALIDATOR_ALGORITHMS:
            raise Refused(f"a validator has the algorithm {algorithm}, neither -19 nor -49")
        key = keys.parse_key(algorithm, entry["key"], "validator, key")
        validators.append(Validator(algorithm, key, form.integer(entry["power"], "validator, power", 1)))
    return ValidatorSet(form.integer(fields["from"], "set, from"), validators, institutions)


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise Refused(message)


def _check(trust: TrustFile) -> None:
    """The rules of 10.1 that lie between the parts; the form of each is checked already."""
    _require(NAME.fullmatch(trust.name) is not None, "name is not of the form [a-z][a-z0-9-]{0,23}")
    before = None
    for number, epoch in enumerate(trust.epochs):
        _require(epoch.number == number, f"epoch {number} has another number")
        _check_succession(before, epoch)
        _check_closing(epoch, is_last=number == len(trust.epochs) - 1)
        _check_chain(trust, epoch)
        _check_sets(epoch)
        _require(
            epoch.last_height != trust.anchor_height or epoch.last_app_hash == trust.anchor_app_hash,
            f"the anchor's app hash is not the last one of epoch {number}",
        )
        before = epoch


def _check_succession(before: Epoch | None, epoch: Epoch) -> None:
    if before is None:
        # lastHeader and appHash of epoch 0 are h'' by form.
        _require(epoch.base == 0, "epoch 0 has a base other than 0")
        return
    _require(epoch.base == before.last_height, f"epoch {epoch.number} does not begin where the one before ends")
    _require(epoch.app_hash == before.last_app_hash, f"epoch {epoch.number} begins with another app hash")


def _check_closing(epoch: Epoch, is_last: bool) -> None:
    if is_last:
        _require(epoch.last_height is None and epoch.last_app_hash is None, "the last epoch is closed")
        return
    _require(epoch.last_height is not None and epoch.last_app_hash is not None, f"epoch {epoch.number} is not closed")
    _require((epoch.last_height or 0) > epoch.base, f"epoch {epoch.number} has no block")


def _check_chain(trust: TrustFile, epoch: Epoch) -> None:
    opening = [
        trust.ledger, epoch.number, epoch.base, epoch.last_header, epoch.app_hash, epoch.time, epoch.first_validators,
    ]  # fmt: skip
    digits = tagged("acta/epoch/1", cbor.encode(opening))[:8].hex()
    _require(epoch.chain == f"{trust.name}-{epoch.number}-{digits}", f"the chain id of epoch {epoch.number} is another")
    _require(len(epoch.chain.encode()) <= 50, f"the chain id of epoch {epoch.number} has more than 50 bytes")


def _check_sets(epoch: Epoch) -> None:
    where = f"a set of epoch {epoch.number}"
    starts = [one.first_height for one in epoch.sets]
    _require(starts[0] == epoch.base + 1, f"the first set of epoch {epoch.number} begins elsewhere")
    _require(all(after > before for before, after in zip(starts, starts[1:])), f"{where} does not begin after the last")
    _require(epoch.last_height is None or starts[-1] <= epoch.last_height, f"{where} begins after the epoch's end")
    _require(epoch.sets[0].hash == epoch.first_validators, f"the first validators of epoch {epoch.number} are others")
    tombstone = sha256(b"acta/closed/" + epoch.chain.encode())
    for one in epoch.sets:
        form.distinct([validator.key for validator in one.validators], f"keys in {where}")
        _require(one.validators == in_order(one.validators), f"{where} is not in order")
        _require(one.power <= form.MOST, f"{where} has too much power")
        _require([validator.key for validator in one.validators] != [tombstone], f"{where} is the tombstone set")
