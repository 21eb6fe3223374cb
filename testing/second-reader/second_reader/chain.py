"""Headers, links and the end of a proof: file 11, 11.6 and 11.7."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .cometbft import SECOND, Commit, Header, Vote, passes_two_thirds, vote_sign_bytes
from .failure import NotValid, expect, failing
from .history import app_hash, log_leaf_hash
from .keys import vote_verifies
from .merkle import root_from_path
from .proofs import Link, Trusted
from .trust_file import Epoch, TrustFile

MOST_HEIGHT = 2**53 - 1


@dataclass
class Notes:
    """Why a proof is unproved, in the order in which it was noticed: (reason, message)."""

    reasons: list[tuple[str, str]] = field(default_factory=list)

    def add(self, reason: str, message: str) -> None:
        self.reasons.append((reason, message))


def height_of(trust: TrustFile, header: Header) -> int | None:
    """The ledger height of a header; None if its chain is unlisted."""
    epoch = trust.epoch_of_chain.get(header.chain)
    return None if epoch is None else epoch.base + header.height


def check_header(trust: TrustFile, header: Header, notes: Notes) -> None:
    """Step 10 for one header."""
    epoch = trust.epoch_of_chain.get(header.chain)
    if epoch is None:
        notes.add("unknown-chain", f"The trust file does not list the chain {header.chain}.")
        return
    height = epoch.base + header.height
    expect(height <= MOST_HEIGHT, "wrong-form", f"The height {height} is beyond 2^53 − 1.")
    if epoch.last_height is not None:
        _check_end_of_epoch(trust, epoch, header, height)
    listed = trust.app_hashes.get(height - 1)
    expect(
        listed is None or header.app_hash == listed,
        "wrong-header",
        f"Header {height} has another app hash than the trust file lists for height {height - 1}.",
    )


def _check_end_of_epoch(trust: TrustFile, epoch: Epoch, header: Header, height: int) -> None:
    last = epoch.last_height or 0
    expect(height <= last, "wrong-header", f"Header {height} lies beyond the end of epoch {epoch.number} at {last}.")
    expect(
        height < last or header.hash == trust.epochs[epoch.number + 1].last_header,
        "wrong-header",
        f"Header {height} is not the one with which epoch {epoch.number} ended.",
    )


def check_log_step(trust: TrustFile, header: Header, link: Link, target: Header | int, reason: str) -> None:
    """The log step, 11.7: the header is an entry in the log below the target."""
    height = height_of(trust, header)
    size = height_of(trust, target) if isinstance(target, Header) else target + 1
    if height is None or size is None:
        return
    size -= 1
    leaf = log_leaf_hash(height, header.hash, link.actions, link.actions_root)
    with failing(reason):
        log_root = root_from_path(leaf, height - 1, size, link.log_path)
    expected = target.app_hash if isinstance(target, Header) else trust.app_hashes.get(target)
    expect(
        expected is None or expected == app_hash(trust.ledger, link.state_root, log_root, size),
        reason,
        f"Header {height} is not in the history log at height {size}.",
    )


def check_links(trust: TrustFile, trusted: Trusted) -> None:
    """Step 11."""
    targets: list[Header | int] = [*trusted.headers[1:]]
    if not isinstance(trusted.end, Commit):
        targets.append(trusted.end)
    for header, link, target in zip(trusted.headers, trusted.links, targets):
        check_log_step(trust, header, link, target, "wrong-link")


def check_end(trust: TrustFile, trusted: Trusted, signers: Iterable[int], now: int | None, notes: Notes) -> None:
    """Steps 12 and 13. `signers` are the algorithms of a transaction whose suites count; `now` is in nanoseconds."""
    if not isinstance(trusted.end, Commit):
        if trusted.end not in trust.app_hashes:
            notes.add("height-not-listed", f"The trust file lists no app hash at height {trusted.end}.")
        return
    header, commit = trusted.headers[-1], trusted.end
    epoch = trust.epoch_of_chain.get(header.chain)
    if epoch is None or not _is_of_last_set(trust, epoch, header, notes):
        return
    _check_votes(trust, header, commit)
    validators = trust.last_set.validators
    _check_times(trust, header, [*(validators[vote.index].algorithm for vote in commit.votes), *signers], now, notes)


def _is_of_last_set(trust: TrustFile, epoch: Epoch, header: Header, notes: Notes) -> bool:
    """Step 13 b."""
    height = epoch.base + header.height
    if epoch is not trust.epochs[-1]:
        notes.add("epoch-closed", f"Header {height} is of the closed epoch {epoch.number}: renew the proof.")
    elif height < trust.last_set.first_height:
        notes.add("set-retired", f"Header {height} lies below the last validator set: renew the proof.")
    elif header.validators_hash != trust.last_set.hash:
        notes.add("unknown-set", f"The trust file does not know the validators of header {height}: renew it.")
    else:
        return True
    return False


def _check_votes(trust: TrustFile, header: Header, commit: Commit) -> None:
    """Step 13 c."""
    power, total = 0, trust.last_set.power
    for vote in commit.votes:
        expect(not passes_two_thirds(power, total), "no-quorum", "The commit does not end where it suffices.")
        power += _check_vote(trust, header, commit, vote)
    expect(
        passes_two_thirds(power, total), "no-quorum", f"The votes have {power} of {total}, not more than two thirds."
    )


def _check_vote(trust: TrustFile, header: Header, commit: Commit, vote: Vote) -> int:
    """The power of a vote that verifies."""
    validators = trust.last_set.validators
    if vote.index >= len(validators):
        raise NotValid("no-quorum", f"There is no validator {vote.index}.")
    validator = validators[vote.index]
    signed = vote_sign_bytes(header, commit, vote.time)
    expect(
        vote_verifies(validator.algorithm, validator.key, vote.signature, signed),
        "wrong-vote",
        f"The vote of validator {vote.index} does not verify.",
    )
    return validator.power


def _check_times(trust: TrustFile, header: Header, algorithms: list[int], now: int | None, notes: Notes) -> None:
    """Step 13 d."""
    if now is None:
        notes.add("no-clock", "There is no clock to say whether the commit is still believed.")
        return
    if trust.demo:
        return
    if now > (trust.anchor_time + trust.period) * SECOND:
        notes.add("trust-file-too-old", "The trust file's anchor is older than its period: renew the trust file.")
    if header.time < now - trust.period * SECOND:
        notes.add("header-too-old", "The last header is older than the trust file's period: renew the proof.")
    if header.time > now + 60 * SECOND:
        notes.add("header-in-future", "The last header is later than the clock by more than a minute.")
    for algorithm in algorithms:
        if algorithm not in trust.suites or trust.suites[algorithm] * SECOND < now:
            notes.add("suite-ended", f"The trust file believes the algorithm {algorithm} no longer, or never did.")
