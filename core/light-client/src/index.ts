export {
  type AssembledBlock,
  assembleBlock,
  type Block,
  type BlockParts,
  blockIdOf,
  dataHash,
  encodeBlock,
  evidenceHash,
} from "./block.ts";
export { type BlockId, encodeBlockId, equalBlockIds, isNoBlockId, NO_BLOCK_ID } from "./block-id.ts";
export {
  ABSENT,
  type Commit,
  type CommitSignature,
  commitChecks,
  commitHash,
  encodeCommit,
  NO_COMMIT,
} from "./commit.ts";
export {
  type CommitProof,
  commitProofChecks,
  commitProofFromCbor,
  commitProofToCbor,
  countVotes,
  type ProofVote,
  proveCommit,
  type VoteCount,
} from "./commit-proof.ts";
export { LightClientError, type LightClientErrorCode } from "./errors.ts";
export { BLOCK_PROTOCOL, encodeHeader, type Header, headerHash, type Version } from "./header.ts";
export { headerFromCbor, headerToCbor } from "./header-form.ts";
export { type BlockParameters, consensusHash } from "./parameters.ts";
export { PART_BYTES, type PartSet, partSet } from "./part-set.ts";
export { type Result, resultLeaf, resultsHash } from "./results.ts";
export { type HeaderVerdict, type SignedHeader, type TrustedSet, verifyHeader } from "./skipping.ts";
export { ABSENT_TIME, compareTimes, type Time, timeAfter } from "./time.ts";
export { isTombstone, tombstoneValidator } from "./tombstone.ts";
export {
  areSorted,
  hasTwoThirds,
  sortValidators,
  totalPower,
  type Validator,
  type ValidatorAlgorithm,
  validatorAddress,
  validatorsHash,
} from "./validator-set.ts";
export { type Vote, voteSignBytes } from "./vote.ts";
