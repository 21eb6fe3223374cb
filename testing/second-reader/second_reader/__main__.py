"""The command line: verify, trust and cases."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from .cases import run_cases
from .clock import format_time, parse_time
from .failure import Refused
from .file_value import measure
from .trust_file import TrustFile, parse_trust_file
from .verify import Answer, verify

VALID, NOT_VALID, CANNOT_TELL = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="second_reader", description="Verifies Acta's proofs.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("verify", help="judge proofs: exit 0 valid, 1 not valid, 2 cannot tell")
    command.add_argument("proofs", nargs="+", type=Path, metavar="PROOF")
    command.add_argument("--trust", type=Path, metavar="FILE", help="the trust file")
    command.add_argument("--file", type=Path, metavar="FILE", help="the file that the proof is to name")
    command.add_argument("--now", type=_time, metavar="RFC3339", help="instead of this machine's clock")
    command.add_argument("--json", action="store_true", help="one object on a line for each proof")
    command.set_defaults(run=_verify)
    command = commands.add_parser("trust", help="show a trust file: exit 0 accepted, 1 refused, 2 cannot tell")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=_trust)
    command = commands.add_parser("cases", help="run conformance cases: exit 0 if all agree, 1 if one does not, else 2")
    command.add_argument("file", type=Path, metavar="FILE.jsonl")
    command.add_argument("--json", action="store_true", help="one object")
    command.set_defaults(run=_cases)
    return parser


def _time(text: str) -> int:
    try:
        return parse_time(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _verify(options: argparse.Namespace) -> int:
    now = time.time_ns() if options.now is None else options.now
    try:
        trust = parse_trust_file(options.trust.read_bytes()) if options.trust else None
        file = measure(options.file) if options.file else None
    except OSError as error:
        return _cannot_tell(options, f"{error.filename} cannot be read: {error.strerror}")
    except Refused as refusal:
        return _cannot_tell(options, f"trust-file-malformed: {refusal}")
    codes = set()
    for path in options.proofs:
        try:
            answer = verify(path.read_bytes(), trust, now, file)
        except OSError as error:
            answer = Answer("unproved", "unreadable", f"{path} cannot be read: {error.strerror}")
        _print_answer(options, path, answer, trust)
        codes.add(_exit_code(answer))
    return next(code for code in (NOT_VALID, CANNOT_TELL, VALID) if code in codes)


def _cannot_tell(options: argparse.Namespace, message: str) -> int:
    for path in options.proofs:
        _print_answer(options, path, Answer("unproved", "cannot-tell", message), None)
    return CANNOT_TELL


def _exit_code(answer: Answer) -> int:
    return {"fresh": VALID, "renewed": VALID, "not-valid": NOT_VALID}.get(answer.verdict, CANNOT_TELL)


def _print_answer(options: argparse.Namespace, path: Path, answer: Answer, trust: TrustFile | None) -> None:
    shown = _shown(path, answer, trust)
    if options.json:
        print(json.dumps(shown, ensure_ascii=False))
        return
    basis = f", {shown['basis']}" if shown["basis"] else ""
    print(f"{path}: {shown['verdict']}{basis}: {shown['reason']}")
    for name in ("kind", "height", "noLaterThan", "outcome", "contract", "action", "file"):
        if shown[name] not in (None, "not-asked"):
            print(f"  {name}: {shown[name]}")
    for signer in answer.signers:
        print(f"  signed by {signer}")
    if shown["demo"]:
        print("  DEMO: this ledger proves nothing.")


def _shown(path: Path, answer: Answer, trust: TrustFile | None) -> dict[str, Any]:
    verdict = ("valid", "not-valid", "cannot-tell")[_exit_code(answer)]
    return {
        "path": str(path),
        "verdict": verdict,
        "basis": answer.verdict if verdict == "valid" else None,
        "reason": f"{answer.reason}: {answer.message}",
        "kind": answer.kind,
        "height": answer.height,
        "noLaterThan": None if answer.no_later_than is None else format_time(answer.no_later_than),
        "outcome": answer.outcome,
        "contract": answer.contract,
        "action": answer.action,
        "file": answer.file,
        "demo": trust is not None and trust.demo,
    }


def _trust(options: argparse.Namespace) -> int:
    try:
        trust = parse_trust_file(options.file.read_bytes())
    except OSError as error:
        print(f"{options.file} cannot be read: {error.strerror}")
        return CANNOT_TELL
    except Refused as refusal:
        print(f"{options.file}: refused: {refusal}")
        return NOT_VALID
    print(f"fingerprint {trust.fingerprint.hex()}")
    print(f"ledger      {trust.ledger.hex()}")
    print(f"name        {trust.name}, origin {trust.origin}")
    print(f"flags       development: {trust.development}, demo: {trust.demo}")
    print(f"issued      {format_time(trust.issued * 10**9)}, period {trust.period} s")
    print(f"anchor      height {trust.anchor_height}, {format_time(trust.anchor_time * 10**9)}")
    for epoch in trust.epochs:
        end = "open" if epoch.last_height is None else f"closed at {epoch.last_height}"
        print(f"epoch {epoch.number}     {epoch.chain}, from {epoch.base + 1}, {end}")
        for one in epoch.sets:
            members = zip(one.institutions, one.validators)
            print(f"  from {one.first_height}: " + ", ".join(f"{name} {member.power}" for name, member in members))
    for algorithm, until in trust.suites.items():
        print(f"suite {algorithm}   until {format_time(until * 10**9)}")
    return VALID


def _cases(options: argparse.Namespace) -> int:
    with options.file.open(encoding="utf-8") as lines:
        agreement = run_cases(lines)
    counts = {
        "agree": sum(agreement.agree.values()),
        "disagree": len(agreement.disagree),
        "unsupported": len(agreement.unsupported),
    }
    if options.json:
        print(json.dumps({**counts, "byKind": agreement.agree, "disagreements": agreement.disagree}))
    else:
        for disagreement in agreement.disagree:
            print(disagreement)
        for where in agreement.unsupported:
            print(f"not supported here: {where}")
        print(", ".join(f"{kind} {number}" for kind, number in sorted(agreement.agree.items())))
        print("{agree} agree, {disagree} disagree, {unsupported} not supported here".format(**counts))
    return NOT_VALID if agreement.disagree else CANNOT_TELL if agreement.unsupported else VALID


if __name__ == "__main__":
    sys.exit(main())
