import { sha256 } from "@acta/crypto";
import { listRoot } from "@acta/merkle";
import type { BlockId } from "./block-id.ts";
import { type Commit, commitHash, encodeCommit } from "./commit.ts";
import { encodeHeader, type Header, headerHash, type Version } from "./header.ts";
import { partSet } from "./part-set.ts";
import { createMessage } from "./protobuf.ts";
import type { Time } from "./time.ts";
import { sortValidators, type Validator, validatorsHash } from "./validator-set.ts";

/** A block without evidence of misbehaviour. `lastCommit` is NO_COMMIT in a first block. */
export type Block = {
  readonly header: Header;
  readonly transactions: readonly Uint8Array[];
  readonly lastCommit: Commit;
};

/** What a sequencer knows when it makes a block; everything else in the header follows. */
export type BlockParts = {
  readonly chainId: string;
  readonly version: Version;
  readonly height: number;
  readonly time: Time;
  readonly lastBlockId: BlockId;
  readonly lastCommit: Commit;
  readonly transactions: readonly Uint8Array[];
  readonly validators: readonly Validator[];
  readonly nextValidators: readonly Validator[];
  readonly consensusHash: Uint8Array;
  readonly appHash: Uint8Array;
  readonly lastResultsHash: Uint8Array;
  readonly proposerAddress: Uint8Array;
};

/** A block ready to be voted for. */
export type AssembledBlock = {
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly bytes: Uint8Array;
  readonly blockId: BlockId;
};

/**
 * Makes the block that CometBFT would make of these parts; both validator sets may stand in any order.
 *
 * The first block has NO_BLOCK_ID, NO_COMMIT and the chain's first block time; a later one has the time of the vote in
 * `lastCommit` (the weighted median where there are several), later than the block before. PROTOCOL 21.
 */
export function assembleBlock(parts: BlockParts): AssembledBlock {
  const header = fillHeader(parts);
  const bytes = encodeBlock({ header, transactions: parts.transactions, lastCommit: parts.lastCommit });
  const blockId = blockIdOf(header, bytes);
  return { header, headerHash: blockId.hash, bytes, blockId };
}

/** The id of a block: its header's hash and the part set of its bytes. */
export function blockIdOf(header: Header, blockBytes: Uint8Array): BlockId {
  return { hash: headerHash(header), parts: partSet(blockBytes) };
}

/** The Block message: 1 header, 2 data, 3 evidence (empty), 4 last commit; all four always stand. */
export function encodeBlock({ header, transactions, lastCommit }: Block): Uint8Array {
  const data = createMessage();
  for (const transaction of transactions) data.message(1, transaction);
  return createMessage()
    .message(1, encodeHeader(header))
    .message(2, data.finish())
    .message(3, new Uint8Array(0))
    .message(4, encodeCommit(lastCommit))
    .finish();
}

/** The header's data hash: the root whose leaves are the SHA-256 of the transactions. */
export function dataHash(transactions: readonly Uint8Array[]): Uint8Array {
  return listRoot(transactions.map((transaction) => sha256(transaction)));
}

/** The evidence hash of a block without evidence: the root of the empty list. */
export function evidenceHash(): Uint8Array {
  return listRoot([]);
}

function fillHeader(parts: BlockParts): Header {
  return {
    version: parts.version,
    chainId: parts.chainId,
    height: parts.height,
    time: parts.time,
    lastBlockId: parts.lastBlockId,
    lastCommitHash: commitHash(parts.lastCommit.signatures),
    dataHash: dataHash(parts.transactions),
    validatorsHash: validatorsHash(sortValidators(parts.validators)),
    nextValidatorsHash: validatorsHash(sortValidators(parts.nextValidators)),
    consensusHash: parts.consensusHash,
    appHash: parts.appHash,
    lastResultsHash: parts.lastResultsHash,
    evidenceHash: evidenceHash(),
    proposerAddress: parts.proposerAddress,
  };
}
