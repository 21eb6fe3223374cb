import { type CborValue, isArray } from "@acta/bytes";
import type { SignatureCheck } from "@acta/crypto";
import { blockVotes, type Commit } from "./commit.ts";
import { LightClientError } from "./errors.ts";
import { isPartSetForm } from "./header-form.ts";
import type { PartSet } from "./part-set.ts";
import { isTimeInRange, type Time } from "./time.ts";
import { hasTwoThirds, totalPower, type Validator } from "./validator-set.ts";
import { voteSignBytes } from "./vote.ts";

/** One vote for the block, by the index of its validator in CometBFT's order. */
export type ProofVote = { readonly index: number; readonly time: Time; readonly signature: Uint8Array };

/**
 * The part of a commit that proves a header (FORMATS §7): votes for the block alone, indices ascending, ending at the
 * first with which more than two thirds of the power voted. Height and header hash are the header's.
 */
export type CommitProof = { readonly round: number; readonly parts: PartSet; readonly votes: readonly ProofVote[] };

/**
 * Cuts a commit down to its proof. `validators` is the set of that height in CometBFT's order; signatures are not
 * verified. Throws LightClientError `no-quorum` when two thirds are not passed, `malformed-commit` when commit and set
 * do not fit.
 */
export function proveCommit(commit: Commit, validators: readonly Validator[]): CommitProof {
  const total = totalPower(validators);
  const votes: ProofVote[] = [];
  let sum = 0;
  for (const { index, place, validator } of blockVotes(commit, validators)) {
    votes.push({ index, time: place.time, signature: place.signature });
    sum += validator.power;
    if (hasTwoThirds(sum, total)) return { round: commit.round, parts: commit.blockId.parts, votes };
  }
  throw new LightClientError("no-quorum", `Header height ${commit.height}: votes of ${sum} of ${total} are too few.`);
}

/** The form of a commit in proofs: [round, part count, parts hash, [ + [index, seconds, nanoseconds, signature] ]]. */
export function commitProofToCbor({ round, parts, votes }: CommitProof): CborValue {
  return [round, parts.total, parts.hash, votes.map(voteToCbor)];
}

/**
 * Reads that form back and checks what can be checked without the set: the limits of FORMATS §1, at least one vote,
 * indices ascending. Throws LightClientError `malformed-commit`. Whether the votes suffice is `countVotes`.
 */
export function commitProofFromCbor(value: CborValue): CommitProof {
  const [round, total, hash, votes] = list(value, "four elements");
  if (!isWholeBelow(round, 2 ** 31)) throw malformed("a round below 2^31");
  if (!isWholeBelow(total, 2 ** 32) || !(hash instanceof Uint8Array) || !isPartSetForm({ total, hash })) {
    throw malformed("a part count below 2^32 and a parts hash of 32 bytes");
  }
  if (votes === undefined || !isArray(votes) || votes.length === 0) throw malformed("at least one vote");
  const read = votes.map(voteFromCbor);
  if (!areAscending(read)) throw malformed("votes in ascending order of their validators");
  return { round, parts: { total, hash }, votes: read };
}

/**
 * Weighs a proof's votes by a set in CometBFT's order: `quorum` when the last vote, and none before it, passes two
 * thirds; `short` when none does; `surplus` when votes follow; `foreign` when an index is beyond the set.
 */
export function countVotes(proof: CommitProof, validators: readonly Validator[]): VoteCount {
  const total = totalPower(validators);
  let sum = 0;
  for (const [position, { index }] of proof.votes.entries()) {
    const validator = validators[index];
    if (validator === undefined) return "foreign";
    sum += validator.power;
    if (hasTwoThirds(sum, total)) return position === proof.votes.length - 1 ? "quorum" : "surplus";
  }
  return "short";
}

/** What a proof's votes amount to in a set. */
export type VoteCount = "quorum" | "short" | "surplus" | "foreign";

/**
 * The checks of a proof's votes (rule `vote`, ZIP-215) for a header of that chain id, height and hash. Throws
 * LightClientError `malformed-commit` for an index beyond the set: ask `countVotes` first.
 */
export function commitProofChecks(
  proof: CommitProof,
  header: { readonly chainId: string; readonly height: number; readonly hash: Uint8Array },
  validators: readonly Validator[],
): SignatureCheck[] {
  const { chainId, height, hash } = header;
  const blockId = { hash, parts: proof.parts };
  return proof.votes.map(({ index, time, signature }) => {
    const validator = validators[index];
    if (validator === undefined) throw malformed(`indices below ${validators.length}`);
    const message = voteSignBytes({ chainId, height, round: proof.round, blockId, time });
    return { rule: "vote", algorithm: validator.algorithm, publicKey: validator.publicKey, message, signature };
  });
}

function voteToCbor({ index, time, signature }: ProofVote): CborValue {
  return [index, time.seconds, time.nanoseconds, signature];
}

function voteFromCbor(value: CborValue): ProofVote {
  const [index, seconds, nanoseconds, signature] = list(value, "votes of four elements");
  if (!isWholeBelow(index, 2 ** 53)) throw malformed("indices below 2^53");
  if (typeof seconds !== "number" || typeof nanoseconds !== "number" || !isTimeInRange({ seconds, nanoseconds })) {
    throw malformed("times before the year 10000 with nanoseconds below 10^9");
  }
  if (!(signature instanceof Uint8Array)) throw malformed("signatures as byte strings");
  return { index, time: { seconds, nanoseconds }, signature };
}

function areAscending(votes: readonly ProofVote[]): boolean {
  return votes.every(({ index }, position) => position === 0 || index > (votes[position - 1]?.index ?? index));
}

function list(value: CborValue, what: string): readonly CborValue[] {
  if (isArray(value) && value.length === 4) return value;
  throw malformed(what);
}

function isWholeBelow(value: CborValue | undefined, limit: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < limit;
}

function malformed(expected: string): LightClientError {
  return new LightClientError("malformed-commit", `A commit must have ${expected} (FORMATS §7).`);
}
