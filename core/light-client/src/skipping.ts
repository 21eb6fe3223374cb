import { equalBytes } from "@acta/bytes";
import { type SignatureCheck, verifySignature } from "@acta/crypto";
import { blockVotes, type Commit, voteCheck } from "./commit.ts";
import { LightClientError } from "./errors.ts";
import { type Header, headerHash } from "./header.ts";
import { hasTwoThirds, totalPower, type Validator, validatorsHash } from "./validator-set.ts";

/** A header with the votes for it, as a node's RPC hands it out. */
export type SignedHeader = { readonly header: Header; readonly commit: Commit };

/** What is believed before: the chain and its validators in CometBFT's order. */
export type TrustedSet = { readonly chainId: string; readonly validators: readonly Validator[] };

/** `trusted`, or the first reason why not. */
export type HeaderVerdict =
  | "trusted"
  | "other-chain"
  | "other-set"
  | "other-commit"
  | "malformed-commit"
  | "wrong-vote"
  | "no-quorum";

/**
 * Whether more than two thirds of a trusted set voted for a header: any number of headers may lie between it and the
 * one that the set was learnt from. The same rule as CometBFT's VerifyCommitLight: votes are verified in the set's
 * order until two thirds are passed.
 *
 * The set must be the header's own. Stepping to a header of another set by one third of the trusted one, within a
 * trusting period, is not offered: a change of sets is learnt from the trust file.
 */
export function verifyHeader(
  trusted: TrustedSet,
  { header, commit }: SignedHeader,
  verify: (check: SignatureCheck) => boolean = verifySignature,
): HeaderVerdict {
  if (header.chainId !== trusted.chainId) return "other-chain";
  if (!equalBytes(header.validatorsHash, validatorsHash(trusted.validators))) return "other-set";
  if (commit.height !== header.height || !equalBytes(commit.blockId.hash, headerHash(header))) return "other-commit";
  try {
    return countUntilQuorum(trusted, commit, verify);
  } catch (error) {
    if (error instanceof LightClientError && error.code === "malformed-commit") return "malformed-commit";
    throw error;
  }
}

function countUntilQuorum(
  { chainId, validators }: TrustedSet,
  commit: Commit,
  verify: (check: SignatureCheck) => boolean,
): HeaderVerdict {
  const total = totalPower(validators);
  let sum = 0;
  for (const vote of blockVotes(commit, validators)) {
    if (!verify(voteCheck(commit, chainId, vote))) return "wrong-vote";
    sum += vote.validator.power;
    if (hasTwoThirds(sum, total)) return "trusted";
  }
  return "no-quorum";
}
