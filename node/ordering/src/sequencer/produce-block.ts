import type { BlockExecution, Environment } from "@acta/ledger";
import { executeBlock } from "@acta/ledger";
import {
  assembleBlock,
  type BlockId,
  type Commit,
  type Header,
  NO_BLOCK_ID,
  NO_COMMIT,
  resultsHash,
  type Time,
  voteSignBytes,
} from "@acta/light-client";
import type { Transaction } from "@acta/protocol";
import { type Chain, VERSION } from "./chain.ts";
import { laterTime, nextMillisecond } from "./clock.ts";

/** What the next block needs to know of the newest one. */
export type Tip = {
  readonly height: number;
  readonly blockId: BlockId;
  readonly commit: Commit;
  /** App hash after the block: the next header carries it. */
  readonly appHash: Uint8Array;
  readonly resultsHash: Uint8Array;
};

/** A block that has been executed and voted for, but is not durable yet: nobody may see its vote. */
export type Candidate = {
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  readonly commit: Commit;
  readonly transactions: readonly Uint8Array[];
  readonly execution: BlockExecution;
};

/** Signs the bytes of a vote with the validator's key. */
export type SignVote = (message: Uint8Array) => Uint8Array;

/** The time of the block after `tip`: that of the single vote on `tip`, or of the genesis. */
export function nextBlockTime(chain: Chain, tip: Tip | undefined): Time {
  return tip?.commit.signatures[0]?.time ?? { seconds: chain.genesis.time, nanoseconds: 0 };
}

/**
 * Makes, executes and votes for the block after `tip`.
 *
 * The vote's time is `now`, at least a millisecond after the block's: it becomes the time of the block that follows.
 * Nothing is written; every transaction must be admissible at the block's time.
 */
export function produceBlock(
  chain: Chain,
  environment: Environment,
  tip: Tip | undefined,
  transactions: readonly Transaction[],
  now: Time,
  sign: SignVote,
): Candidate {
  const height = (tip?.height ?? 0) + 1;
  const time = nextBlockTime(chain, tip);
  const execution = executeBlock(environment, { height, time, transactions });
  const bytes = transactions.map((transaction) => transaction.bytes);
  const { header, headerHash, blockId } = assembleBlock({
    chainId: chain.chainId,
    version: VERSION,
    height,
    time,
    lastBlockId: tip?.blockId ?? NO_BLOCK_ID,
    lastCommit: tip?.commit ?? NO_COMMIT,
    transactions: bytes,
    validators: [chain.validator],
    nextValidators: [chain.validator],
    consensusHash: chain.consensusHash,
    appHash: tip?.appHash ?? chain.firstAppHash,
    lastResultsHash: tip?.resultsHash ?? resultsHash([]),
    proposerAddress: chain.proposerAddress,
  });
  const commit = vote(chain, height, blockId, laterTime(now, nextMillisecond(time)), sign);
  return { height, header, headerHash, blockId, commit, transactions: bytes, execution };
}

function vote(chain: Chain, height: number, blockId: BlockId, time: Time, sign: SignVote): Commit {
  const signature = sign(voteSignBytes({ chainId: chain.chainId, height, round: 0, blockId, time }));
  return {
    height,
    round: 0,
    blockId,
    signatures: [{ flag: "commit", address: chain.proposerAddress, time, signature }],
  };
}
