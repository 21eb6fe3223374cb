import { resultsHash, type Time, timeAfter, tombstoneValidator } from "@acta/light-client";
import { openChain } from "@acta/ordering";
import { type ExecutedBlock, openStore, type Store } from "@acta/store";
import { type SignedBlock, signEmptyBlock, type VotingKey } from "./signed-block.ts";

/** A ledger at the end of its first epoch: everything that the next one begins with. */
export type ClosedEpoch = {
  readonly genesisBytes: Uint8Array;
  readonly chainId: string;
  /** The key that voted. */
  readonly key: VotingKey;
  readonly lastHeight: number;
  readonly closing: SignedBlock;
  /** State root and app hash after the closing block, which no header of the old chain holds. */
  readonly stateRoot: Uint8Array;
  readonly appHash: Uint8Array;
};

/** What a block comes to in which nothing happens, deadlines included. */
const NOTHING: ExecutedBlock = {
  results: [],
  actions: [],
  actionChanges: [],
  writes: [],
  identities: [],
  droppedBuckets: [],
};

/**
 * Closes the first epoch in the store of a stopped node with its key (docs/spec, 3.3): its last block is empty, runs no
 * deadlines, and announces the tombstone set. `use` may read the store after it, before the store is closed.
 */
export async function closeEpoch<T>(
  directory: string,
  key: VotingKey,
  use: (store: Store, closed: ClosedEpoch) => T,
): Promise<T> {
  const store = await openStore(directory, { createIfMissing: false });
  try {
    const closed = closingOf(store, key);
    const { header, headerHash, blockId, commit } = closed.closing;
    const block = { height: closed.lastHeight, header, headerHash, blockId, commit, transactions: [] };
    await store.recordSigned(block);
    await store.commit({ ...block, execution: NOTHING });
    const { stateRoot, appHash } = store.roots;
    return use(store, { ...closed, stateRoot, appHash });
  } finally {
    await store.close();
  }
}

function closingOf(store: Store, key: VotingKey): Omit<ClosedEpoch, "stateRoot" | "appHash"> {
  const { last, genesisBytes } = store;
  const first = store.header(1)?.header;
  if (last === undefined || genesisBytes === undefined || first === undefined)
    throw new Error("The folder holds no ledger with blocks.");
  const { chainId } = openChain(genesisBytes, first.appHash);
  const time = votedAt(last.commit.signatures[0]?.time);
  const closing = signEmptyBlock(
    {
      chainId,
      height: last.height + 1,
      time,
      lastBlockId: last.blockId,
      lastCommit: last.commit,
      appHash: last.appHash,
      lastResultsHash: last.resultsHash,
      nextValidators: [tombstoneValidator(chainId)],
    },
    [key],
    timeAfter(time, 1_000_000),
  );
  return { genesisBytes, chainId, key, lastHeight: last.height + 1, closing };
}

/** A block that the old key signs although its chain has ended: no header of the old chain is believed after the last. */
export function blockAfterTheEnd({ chainId, closing, appHash, key }: ClosedEpoch): SignedBlock {
  const { header, blockId, commit } = closing;
  const time = votedAt(commit.signatures[0]?.time);
  const block = { chainId, height: header.height + 1, time, lastBlockId: blockId, lastCommit: commit, appHash };
  return signEmptyBlock({ ...block, lastResultsHash: resultsHash([]) }, [key], timeAfter(time, 1_000_000));
}

function votedAt(time: Time | undefined): Time {
  if (time === undefined) throw new Error("A commit holds a vote.");
  return time;
}
