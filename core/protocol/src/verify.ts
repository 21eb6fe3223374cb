import { equalBytes } from "@acta/bytes";
import { type SignatureCheck, verifySignature } from "@acta/crypto";
import { ProtocolError } from "./errors.ts";
import { examineActed } from "./examination/acted.ts";
import { type Belief, beliefOf, type Findings, NotValid } from "./examination/belief.ts";
import { examineReceipt, isReceiptFresh } from "./examination/receipt.ts";
import { examineDisclosures, filesIn, isFileAmong, type MeasuredFile } from "./examination/slip.ts";
import { examineState } from "./examination/state.ts";
import { decodeCanonical } from "./form.ts";
import { type Proof, proofFromCbor, proofKindOf } from "./proof.ts";
import { REASONS, type Reason } from "./reasons.ts";
import { parseTrustFile, type TrustFile } from "./trust-file.ts";
import type { Trusted } from "./trusted.ts";
import type { ClaimedFile, ProofContent, ProofKind, Verdict } from "./verdict.ts";

/** What a verifier knows and asks besides the proof. */
export type VerificationOptions = {
  /** The clock, seconds since 1970; undefined where there is none: then nothing is fresh. */
  readonly now: number | undefined;
  /** A file that the proof should speak of. */
  readonly file?: MeasuredFile;
  /** When this verifier was built, seconds since 1970: a clock before it is wrong. */
  readonly buildTime?: number;
};

/** A proof examined up to its signatures. Nothing is believed before `conclude` has the answer to every check. */
export type Examination = {
  readonly checks: readonly SignatureCheck[];
  /** One answer for each check, in order; a missing one counts as false. */
  readonly conclude: (results: readonly boolean[]) => Verdict;
};

/**
 * Verifies a proof of any kind against a trust file. Never throws for what the bytes say: that is the verdict.
 *
 * `verify` replaces the signature verification of `@acta/crypto` by one that answers the same.
 */
export function verifyProof(
  bytes: Uint8Array,
  trust: Uint8Array | TrustFile | undefined,
  options: VerificationOptions & { readonly verify?: (check: SignatureCheck) => boolean },
): Verdict {
  const { checks, conclude } = examineProof(bytes, trust, options);
  return conclude(checks.map(options.verify ?? verifySignature));
}

/** Examines everything but the signatures, so that they can be verified elsewhere (WebCrypto, worker threads). */
export function examineProof(
  bytes: Uint8Array,
  trust: Uint8Array | TrustFile | undefined,
  options: VerificationOptions,
): Examination {
  if (trust === undefined) return concluded(ruling("no-trust-file"));
  try {
    return examineBy(bytes, trust instanceof Uint8Array ? parseTrustFile(trust) : trust, options);
  } catch (error) {
    // examineBy answers for the proof itself: what comes here is the trust file's.
    if (error instanceof ProtocolError) return concluded({ ...ruling("trust-file-malformed"), detail: error.message });
    throw error;
  }
}

function examineBy(bytes: Uint8Array, trust: TrustFile, options: VerificationOptions): Examination {
  const belief = beliefOf(trust, options.now, options.buildTime);
  let kind: ProofKind | undefined;
  try {
    const value = decodeCanonical(bytes, "proof");
    kind = proofKindOf(value);
    return examineParsed(proofFromCbor(value), belief, options.file);
  } catch (error) {
    return concluded({ ...rulingOf(error), kind, demo: trust.demo });
  }
}

function examineParsed(proof: Proof, belief: Belief, file: MeasuredFile | undefined): Examination {
  const findings: Findings = { doubts: [], checks: [] };
  const content = examineContent(proof, belief, findings);
  const files = claimedFiles(proof);
  const last = lastFailure(content, files, belief, file);
  const basis = isFresh(proof) ? "fresh" : "renewed";
  const whole = { ...content, files, kind: proof.kind, demo: belief.trust.demo, file: compared(files, file) };
  return {
    checks: findings.checks.map(({ check }) => check),
    conclude: (results) => {
      const failed = findings.checks.find((_, index) => results[index] !== true);
      if (failed) return { ...ruling(failed.reason), kind: proof.kind, demo: belief.trust.demo };
      const reason = last ?? gravest(findings.doubts) ?? "valid";
      return { ...whole, ...judged(reason), ...(reason === "valid" && { basis }) };
    },
  };
}

function examineContent(proof: Proof, belief: Belief, findings: Findings): ProofContent {
  switch (proof.kind) {
    case "receipt":
      return examineReceipt(proof.receipt, belief, findings);
    case "slip": {
      const content = examineReceipt(proof.slip.receipt, belief, findings);
      examineDisclosures(proof.slip);
      return { ...content, disclosures: proof.slip.disclosures };
    }
    case "state":
      return examineState(proof.state, belief, findings);
    case "acted":
      return examineActed(proof.acted, belief, findings);
    default:
      return proof satisfies never;
  }
}

/** What makes a proof not valid although it is whole in itself; asked last, so that damage is called damage. */
function lastFailure(
  { ledgerId }: ProofContent,
  files: readonly ClaimedFile[],
  { trust }: Belief,
  file: MeasuredFile | undefined,
): Reason | undefined {
  if (ledgerId && !equalBytes(ledgerId, trust.ledgerId)) return "unknown-ledger";
  if (file === undefined || isFileAmong(file, files)) return undefined;
  return files.length > 0 ? "wrong-file" : "no-file";
}

function compared(files: readonly ClaimedFile[], file: MeasuredFile | undefined): Verdict["file"] {
  if (files.length === 0) return "none";
  if (file === undefined) return "not-asked";
  return isFileAmong(file, files) ? "same" : "different";
}

function claimedFiles(proof: Proof): ClaimedFile[] {
  if (proof.kind === "receipt") return filesIn(proof.receipt.call.input, []);
  if (proof.kind !== "slip") return [];
  const { receipt, disclosures } = proof.slip;
  return [...disclosures.flatMap(({ path, value }) => filesIn(value, path)), ...filesIn(receipt.call.input, [])];
}

/** State and acted proofs rest on votes without a link, too; their own step is none. FORMATS §7. */
function isFresh(proof: Proof): boolean {
  if (proof.kind === "receipt") return isReceiptFresh(proof.receipt);
  if (proof.kind === "slip") return isReceiptFresh(proof.slip.receipt);
  const { trusted } = proof.kind === "state" ? proof.state : proof.acted;
  return typeof trusted !== "number" && isCommitAlone(trusted);
}

function isCommitAlone({ links, end }: Trusted): boolean {
  return end.kind === "commit" && links.length === 0;
}

/** Of several doubts, the one that stands first in the list of reasons. */
function gravest(doubts: readonly Reason[]): Reason | undefined {
  // Object.keys loses the literal types that `satisfies` keeps.
  return (Object.keys(REASONS) as Reason[]).find((reason) => doubts.includes(reason));
}

function judged(reason: Reason): Pick<Verdict, "verdict" | "reason"> {
  return { verdict: REASONS[reason].verdict, reason };
}

/** A verdict that says nothing of the proof's content. */
function ruling(reason: Reason): Verdict {
  return { ...judged(reason), kind: undefined, demo: false, file: "none" };
}

/** What a failure says of the proof; whatever is no failure of the proof is thrown on. */
function rulingOf(error: unknown): Verdict {
  if (error instanceof NotValid) return { ...ruling(error.reason), detail: error.message };
  if (!(error instanceof ProtocolError)) throw error;
  return { ...ruling(error.code === "unknown-version" ? "unknown-version" : "wrong-form"), detail: error.message };
}

function concluded(verdict: Verdict): Examination {
  return { checks: [], conclude: () => verdict };
}
