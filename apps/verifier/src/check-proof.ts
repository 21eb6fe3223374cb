import { toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { type ClaimedFile, examineProof, type Verdict } from "@acta/protocol";
import type { Original } from "./pairing.ts";
import { verifySignatures } from "./signatures.ts";
import type { Trust } from "./trust.ts";

/** A proof that was put in. */
export type ProofFile = { readonly name: string; readonly bytes: Uint8Array };

/** A proof with its verdict, and what the verdict rests on. */
export type CheckedProof = {
  readonly proof: ProofFile;
  readonly original: Original | undefined;
  /** Further files that were put in and of which the proof speaks, too. */
  readonly others: readonly Original[];
  readonly trust: Trust | undefined;
  readonly verdict: Verdict;
  /** The verdict on the proof alone, where the file is not the one that it speaks of. */
  readonly withoutFile: Verdict | undefined;
  /** How many signatures were verified. */
  readonly votes: number;
  readonly signatures: number;
  /** SHA-256 of the proof's bytes, hex. */
  readonly fingerprint: string;
  /** The device's clock at the check, seconds since 1970. */
  readonly checkedAt: number;
};

/** What the check knows of time, seconds since 1970: the device's clock, and when the page was built. */
export type CheckClock = { readonly now: number; readonly buildTime: number };

/** Checks a proof under a trust file, against the original where there is one. Answers only when all is checked. */
export async function checkProof(
  { proof, original, others }: Pick<CheckedProof, "proof" | "original" | "others">,
  trust: Trust | undefined,
  { now, buildTime }: CheckClock,
): Promise<CheckedProof> {
  const options = { now, buildTime };
  const asked = original === undefined ? options : { ...options, file: original };
  const { checks, conclude } = examineProof(proof.bytes, trust?.bytes, asked);
  const results = await verifySignatures(checks);
  const verdict = conclude(results);
  // The same signatures: only the file is left out.
  const alone = verdict.file === "different" ? examineProof(proof.bytes, trust?.bytes, options) : undefined;
  const votes = checks.filter(({ rule }) => rule === "vote").length;
  return {
    proof,
    original,
    others,
    trust,
    verdict,
    withoutFile: alone?.conclude(results),
    votes,
    signatures: checks.length - votes,
    fingerprint: toHex(sha256(proof.bytes)),
    checkedAt: now,
  };
}

/** The files that a proof claims to speak of, by a trust file; none where it is not whole in itself. */
export function claimsOf({ bytes }: ProofFile, trust: Trust | undefined): readonly ClaimedFile[] {
  const { checks, conclude } = examineProof(bytes, trust?.bytes, { now: undefined });
  // Taken as right here, to find the file to compare: the verdict comes from checkProof.
  return conclude(checks.map(() => true)).files ?? [];
}
