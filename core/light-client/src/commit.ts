import { equalBytes } from "@acta/bytes";
import type { SignatureCheck } from "@acta/crypto";
import { listRoot } from "@acta/merkle";
import { type BlockId, encodeBlockId, NO_BLOCK_ID } from "./block-id.ts";
import { LightClientError } from "./errors.ts";
import { createMessage } from "./protobuf.ts";
import { ABSENT_TIME, encodeTime, type Time } from "./time.ts";
import { type Validator, validatorAddress } from "./validator-set.ts";
import { voteSignBytes } from "./vote.ts";

/** One validator's place in a commit: a vote for the block, a vote for nil, or none (ABSENT). */
export type CommitSignature = {
  readonly flag: "commit" | "nil" | "absent";
  readonly address: Uint8Array;
  readonly time: Time;
  readonly signature: Uint8Array;
};

/** The votes that committed a block: one place for every validator of the set, in CometBFT's order. */
export type Commit = {
  readonly height: number;
  readonly round: number;
  readonly blockId: BlockId;
  readonly signatures: readonly CommitSignature[];
};

/** The place of a validator whose vote was not seen. */
export const ABSENT: CommitSignature = Object.freeze({
  flag: "absent",
  address: new Uint8Array(0),
  time: ABSENT_TIME,
  signature: new Uint8Array(0),
});

/** The last commit of a first block. */
export const NO_COMMIT: Commit = Object.freeze({ height: 0, round: 0, blockId: NO_BLOCK_ID, signatures: [] });

/** The last commit hash of the next header: the root over the signatures alone. */
export function commitHash(signatures: readonly CommitSignature[]): Uint8Array {
  return listRoot(signatures.map(encodeCommitSignature));
}

/** The Commit message: 1 height, 2 round, 3 block id, 4 signatures. */
export function encodeCommit(commit: Commit): Uint8Array {
  const message = createMessage()
    .varint(1, commit.height)
    .varint(2, commit.round)
    .message(3, encodeBlockId(commit.blockId));
  for (const signature of commit.signatures) message.message(4, encodeCommitSignature(signature));
  return message.finish();
}

/**
 * The checks of a commit's signatures (rule `vote`, ZIP-215), votes for nil included and absent ones left out, in the
 * set's order.
 *
 * `validators` is the set of that height in CometBFT's order. Throws LightClientError `malformed-commit` when the
 * commit has another number of places, or a signature another address than the validator at its place.
 */
export function commitChecks(commit: Commit, chainId: string, validators: readonly Validator[]): SignatureCheck[] {
  return [...presentVotes(commit, validators)].map((vote) => voteCheck(commit, chainId, vote));
}

/** The check of one signature of a commit. */
export function voteCheck(commit: Commit, chainId: string, { place, validator }: PresentVote): SignatureCheck {
  const { height, round } = commit;
  const blockId = place.flag === "commit" ? commit.blockId : null;
  const message = voteSignBytes({ chainId, height, round, blockId, time: place.time });
  const { algorithm, publicKey } = validator;
  return { rule: "vote", algorithm, publicKey, message, signature: place.signature };
}

/** One signature of a commit beside its validator and the validator's index in the set. */
export type PresentVote = {
  readonly index: number;
  readonly place: CommitSignature;
  readonly validator: Validator;
};

/** Walks the votes for the block, in the set's order. Throws as `commitChecks` does, on reaching what is wrong. */
export function* blockVotes(commit: Commit, validators: readonly Validator[]): Generator<PresentVote> {
  for (const vote of places(commit, validators)) {
    if (vote.place.flag === "commit") yield checkedAddress(commit, vote);
  }
}

function* presentVotes(commit: Commit, validators: readonly Validator[]): Generator<PresentVote> {
  for (const vote of places(commit, validators)) {
    if (vote.place.flag !== "absent") yield checkedAddress(commit, vote);
  }
}

function places(commit: Commit, validators: readonly Validator[]): PresentVote[] {
  const { signatures } = commit;
  if (signatures.length !== validators.length) {
    throw malformed(commit, `has ${signatures.length} places for ${validators.length} validators`);
  }
  return validators.map((validator, index) => ({ index, validator, place: signatures[index] ?? ABSENT }));
}

function checkedAddress(commit: Commit, vote: PresentVote): PresentVote {
  if (equalBytes(vote.place.address, validatorAddress(vote.validator))) return vote;
  throw malformed(commit, `has another address than the validator at index ${vote.index}`);
}

const FLAG = { absent: 1, commit: 2, nil: 3 } as const;

/** CommitSig: 1 flag, 2 address, 3 time (always), 4 signature. */
function encodeCommitSignature({ flag, address, time, signature }: CommitSignature): Uint8Array {
  return createMessage()
    .varint(1, FLAG[flag])
    .bytes(2, address)
    .message(3, encodeTime(time))
    .bytes(4, signature)
    .finish();
}

function malformed(commit: Commit, what: string): LightClientError {
  return new LightClientError("malformed-commit", `The commit of header height ${commit.height} ${what}.`);
}
