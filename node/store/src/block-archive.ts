import { decode, equalBytes } from "@acta/bytes";
import { dataHash, headerHash, resultsHash } from "@acta/light-client";
import { type HistoryLog, leafHash, rootFromPath } from "@acta/merkle";
import { actionsRoot, logEntry } from "@acta/protocol";
import type { StoredBlock, StoredHeader } from "./block.ts";
import { decodeCommitRecord, decodeHeaderRecord, decodeResults, decodeTransactions } from "./block-records.ts";
import { damaged } from "./errors.ts";
import { actionKey, type DeadlineName, describeKey, FAMILY, type Family, familyKey, heightKey } from "./keys.ts";

/** Where a transaction was entered: the ledger's height, and its index in the block. */
export type Place = { readonly height: number; readonly index: number };

/** What the archive reads from and holds its blocks against. */
export type ArchiveSource = {
  /** The value under a key, its seal checked. */
  get(key: Uint8Array): Uint8Array | undefined;
  /** The history log, whose root the app hash covers. */
  readonly log: HistoryLog;
  /** Height and results hash of the newest block; no later header covers its results yet. */
  last(): { readonly height: number; readonly resultsHash: Uint8Array };
};

/**
 * Reads blocks back, each checked: its header by the history log's entry, transactions, commit and results by the hashes
 * that headers carry. Throws StoreError `damaged` rather than give anything that does not match.
 */
export class BlockArchive {
  readonly #source: ArchiveSource;
  readonly #recent = new Map<number, StoredBlock>();

  constructor(source: ArchiveSource) {
    this.#source = source;
  }

  /** The header of a height with its roots, or undefined beyond the newest. */
  readonly header = (height: number): StoredHeader | undefined => {
    if (!this.#has(height)) return undefined;
    const stored = this.#read(FAMILY.header, height, decodeHeaderRecord);
    const hash = headerHash(stored.header);
    const entry = logEntry(height, hash, stored.actionCount, stored.actionsRoot);
    const { log } = this.#source;
    const root = rootFromPath(leafHash(entry), height - 1, log.size, log.path(height - 1, log.size));
    expect(root !== undefined && equalBytes(root, log.root()), FAMILY.header, height, "it is not the one in the log");
    return { ...stored, height, headerHash: hash, blockId: { hash, parts: stored.parts } };
  };

  /** The block of a height, or undefined beyond the newest. Its parts are shared with later readers. */
  readonly block = (height: number): StoredBlock | undefined => {
    const recent = this.#recent.get(height);
    if (recent !== undefined) return recent;
    const header = this.header(height);
    if (header === undefined) return undefined;
    const block = this.#check({
      ...header,
      commit: this.#read(FAMILY.commit, height, decodeCommitRecord),
      transactions: this.#read(FAMILY.transactions, height, decodeTransactions),
      ...this.#read(FAMILY.results, height, decodeResults),
    });
    this.keep(block);
    return block;
  };

  /** Where the transaction of an identity was entered, or undefined. */
  readonly find = (identity: Uint8Array): Place | undefined => {
    const key = familyKey(FAMILY.identity, identity);
    const value = this.#source.get(key);
    if (value === undefined) return undefined;
    const [height, index] = decode(value) as readonly number[]; // sealed as it was written: two numbers
    if (height === undefined || index === undefined) throw damaged(describeKey(key), "it is no place of a block");
    return { height, index };
  };

  /** The index of the action by which a deadline passed in a block, or undefined. */
  readonly findAction = (deadline: DeadlineName, height: number): number | undefined => {
    const key = actionKey(deadline, height);
    const value = this.#source.get(key);
    if (value === undefined) return undefined;
    const index = decode(value) as number; // sealed as it was written
    const action = this.block(height)?.actions[index];
    if (action?.contract === deadline.contract && action.name === deadline.name) return index;
    throw damaged(describeKey(key), "it leads to another act");
  };

  /** Keeps a block at hand: receipts are asked for mostly right after it. */
  keep(block: StoredBlock): void {
    this.#recent.set(block.height, block);
    for (const height of this.#recent.keys()) {
      if (this.#recent.size <= RECENT_BLOCKS) return;
      this.#recent.delete(height);
    }
  }

  #check(block: StoredBlock): StoredBlock {
    const { height, header, headerHash: hash, blockId, commit, transactions, results, actions } = block;
    const isOwnCommit = equalBytes(commit.blockId.hash, hash) && commit.blockId.parts.total === blockId.parts.total;
    expect(isOwnCommit, FAMILY.commit, height, "it is not for this block");
    expect(equalBytes(dataHash(transactions), header.dataHash), FAMILY.transactions, height, "wrong data hash");
    const ofResults = resultsHash(results.map(({ data }) => ({ code: 0, data })));
    expect(equalBytes(ofResults, this.#resultsHashOf(height)), FAMILY.results, height, "wrong results hash");
    expect(equalBytes(actionsRoot(actions), block.actionsRoot), FAMILY.results, height, "wrong actions root");
    return block;
  }

  #resultsHashOf(height: number): Uint8Array {
    const last = this.#source.last();
    if (height === last.height) return last.resultsHash;
    return this.#read(FAMILY.header, height + 1, decodeHeaderRecord).header.lastResultsHash;
  }

  #has(height: number): boolean {
    return Number.isSafeInteger(height) && height >= 1 && height <= this.#source.last().height;
  }

  #read<T>(family: Family, height: number, decodeRecord: (value: Uint8Array) => T): T {
    const key = heightKey(family, height);
    const value = this.#source.get(key);
    if (value === undefined) throw damaged(describeKey(key), "it is gone");
    try {
      return decodeRecord(value);
    } catch (error) {
      throw damaged(describeKey(key), "it has not the form it was written in", error);
    }
  }
}

const RECENT_BLOCKS = 8;

function expect(condition: boolean, family: Family, height: number, what: string): void {
  if (!condition) throw damaged(describeKey(heightKey(family, height)), what);
}
