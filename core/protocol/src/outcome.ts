import { type CborMap, type CborValue, encode } from "@acta/bytes";
import { listRoot } from "@acta/merkle";
import { ProtocolError } from "./errors.ts";
import { decodeCanonical, formOf } from "./form.ts";

/** Why a call was refused: who refused (a contract, or "ledger"), its code, and what fills its sentence's blanks. */
export type Refusal = { readonly contract: string; readonly code: string; readonly blanks: CborMap };

/** What came of one call. `undone`: any other call of a refused *together*. */
export type OutcomeVerdict = "accepted" | "refused" | "undone";

/** What came of one call, naming it and the code that decided. FORMATS §4. */
export type Outcome = {
  readonly index: number;
  /** H(00 ‖ call). */
  readonly callHash: Uint8Array;
  readonly verdict: OutcomeVerdict;
  /** Not null exactly when refused. */
  readonly refusal: Refusal | null;
  /** Null where no code was chosen. */
  readonly bundleHash: Uint8Array | null;
  /** Null unless accepted. */
  readonly changesRoot: Uint8Array | null;
};

const VERDICTS = ["accepted", "refused", "undone"] as const;

/** An outcome's bytes: the leaf of the outcomes root. */
export function encodeOutcome(outcome: Outcome): Uint8Array {
  return encode(outcomeToCbor(outcome));
}

/** Reads an outcome's bytes; throws {@link ProtocolError}. */
export function decodeOutcome(bytes: Uint8Array): Outcome {
  return outcomeFromCbor(decodeCanonical(bytes, "outcome"));
}

/** An outcome as it stands inline in a receipt. */
export function outcomeToCbor(outcome: Outcome): CborValue {
  const verdict = VERDICTS.indexOf(outcome.verdict);
  const { index, callHash, refusal, bundleHash, changesRoot } = outcome;
  return [index, callHash, verdict, refusalToCbor(refusal), bundleHash, changesRoot];
}

const form = formOf("malformed-outcome");

/** Reads an outcome; throws {@link ProtocolError}. Whether it fits its transaction is asked by the receipt. */
export function outcomeFromCbor(value: CborValue | undefined): Outcome {
  const [index, callHash, verdict, refusal, bundleHash, changesRoot] = form.tuple(value, "outcome", 6);
  return checked({
    index: form.count(index, "index"),
    callHash: form.hash(callHash, "call's hash"),
    verdict: verdictFromCbor(verdict),
    refusal: refusalFromCbor(refusal),
    bundleHash: bundleHash === null ? null : form.hash(bundleHash, "bundle hash"),
    changesRoot: changesRoot === null ? null : form.hash(changesRoot, "changes root"),
  });
}

/** The root over the outcomes of one transaction, in the order of its calls. */
export function outcomesRoot(outcomeBytes: readonly Uint8Array[]): Uint8Array {
  return listRoot(outcomeBytes);
}

/** The data of an ExecTxResult: it names the transaction, the signatures that were executed and all outcomes. */
export function resultData(identity: Uint8Array, signaturesHash: Uint8Array, root: Uint8Array): Uint8Array {
  return encode([1, identity, signaturesHash, root]);
}

const resultForm = formOf("malformed-result");

/** Reads the data of an ExecTxResult; throws {@link ProtocolError}. */
export function parseResultData(bytes: Uint8Array): {
  identity: Uint8Array;
  signaturesHash: Uint8Array;
  outcomesRoot: Uint8Array;
} {
  const [version, identity, signaturesHash, root] = resultForm.tuple(decodeCanonical(bytes, "result"), "result", 4);
  if (version !== 1) throw new ProtocolError("unknown-version", "result");
  return {
    identity: resultForm.hash(identity, "identity"),
    signaturesHash: resultForm.hash(signaturesHash, "signatures hash"),
    outcomesRoot: resultForm.hash(root, "outcomes root"),
  };
}

/** A refusal as it stands in an outcome or a ledger action. */
export function refusalToCbor(refusal: Refusal | null): CborValue {
  return refusal && [refusal.contract, refusal.code, refusal.blanks];
}

/** Reads a refusal or null; throws {@link ProtocolError}. */
export function refusalFromCbor(value: CborValue | undefined, { tuple, text, map, fail } = form): Refusal | null {
  if (value === null) return null;
  const [contract, code, blanks] = tuple(value, "refusal", 3);
  const filled = map(blanks, "blanks");
  for (const name of filled.keys()) if (typeof name !== "string") return fail("blanks go by name");
  return { contract: text(contract, "contract of the refusal"), code: text(code, "code"), blanks: filled };
}

function verdictFromCbor(value: CborValue | undefined): OutcomeVerdict {
  return VERDICTS[form.integer(value, "verdict", 0, VERDICTS.length)] as OutcomeVerdict; // in range, by integer
}

function checked(outcome: Outcome): Outcome {
  const { verdict, refusal, bundleHash, changesRoot } = outcome;
  if ((verdict === "refused") !== (refusal !== null)) form.fail("a refusal stands exactly where the call is refused");
  if ((verdict === "accepted") !== (changesRoot !== null))
    form.fail("a changes root stands exactly where it is accepted");
  if (verdict === "accepted" && bundleHash === null) form.fail("an accepted call names the code that decided");
  return outcome;
}
