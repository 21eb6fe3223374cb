import { equalBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { HistoryLog, type StateTree } from "@acta/merkle";
import { appHash, ledgerId } from "@acta/protocol";
import type { Database } from "./database.ts";
import { damaged } from "./errors.ts";
import { describeKey, FAMILY, familyRange, heightKey, META } from "./keys.ts";
import { decodeLastRecord, type LastRecord } from "./last-record.ts";
import { loadBuckets } from "./load-buckets.ts";
import type { OpenBuckets } from "./open-buckets.ts";
import { type QuickEnd, readQuick } from "./quick/read-quick.ts";
import { blocksInLog } from "./quick/write-batches.ts";
import { isSealedWith, openValue, valueIn } from "./sealed-value.ts";
import { TreeLoader } from "./tree-loader.ts";

/** What a store holds in memory, made anew from the database at every start. */
export type Contents = {
  readonly tree: StateTree;
  readonly log: HistoryLog;
  readonly buckets: OpenBuckets;
  readonly genesis: { readonly bytes: Uint8Array; readonly ledgerId: Uint8Array } | undefined;
  /** The newest block's record; undefined before the genesis is stored. */
  readonly last: LastRecord | undefined;
  /** Buckets whose entries may be deleted: a crash came before they were. */
  readonly forgotten: readonly number[];
  /** Where the quick files end; undefined where they did not lead here and have to be written anew. */
  readonly quickEnd: QuickEnd | undefined;
};

/** Where a start finds its contents. */
export type Sources = {
  readonly database: Database;
  /** The folder of the quick files. */
  readonly quick: string;
  /** The records of LevelDB's log as they lay before the database was opened. */
  readonly logRecords: readonly Uint8Array[];
};

/**
 * Makes state tree, history log and open buckets, and holds them against the record of the newest block: state root, log
 * root, app hash, and the digests that the state keeps of its buckets. Tree and log are made from the quick files, about
 * 1 µs for each key, or else from all values and entries of the database, five times as long (`test/measure-start.ts`).
 *
 * Throws StoreError `damaged` at the first thing in the database that is not what was written.
 */
export async function loadContents(sources: Sources): Promise<Contents> {
  const { database } = sources;
  const last = readLast(database);
  const genesisBytes = database.get(META.genesis);
  if ((last === undefined) !== (genesisBytes === undefined)) {
    throw damaged(last ? "genesis" : "record of the last block", "it is gone, although other records are there");
  }
  if (last === undefined || genesisBytes === undefined) return emptyContents(sources);
  const genesis = { bytes: genesisBytes, ledgerId: ledgerId(genesisBytes) };
  const quick = readQuickContents(sources, last, genesis.ledgerId);
  const { tree, log } = quick ?? { tree: await loadTree(database), log: await loadLog(database) };
  assertRoots(tree, log, last, genesis.ledgerId);
  return { tree, log, genesis, last, quickEnd: quick?.end, ...(await loadBuckets(database, tree)) };
}

/** The contents of a database that has no genesis yet, in which nothing may lie. */
async function emptyContents({ database }: Sources): Promise<Contents> {
  const [tree, log] = [await loadTree(database), await loadLog(database)];
  return {
    tree,
    log,
    genesis: undefined,
    last: undefined,
    quickEnd: undefined,
    ...(await loadBuckets(database, tree)),
  };
}

/** What the quick files give, if it has the newest block's roots. */
function readQuickContents({ quick, logRecords }: Sources, last: LastRecord, ledger: Uint8Array) {
  const blocksAbove = (height: number) => blocksInLog(logRecords, height);
  const contents = readQuick(quick, { ledgerId: ledger, height: last.height, blocksAbove });
  if (contents === undefined || !equalBytes(contents.tree.root, last.stateRoot)) return undefined;
  return equalBytes(contents.log.root(), last.logRoot) ? contents : undefined;
}

function readLast(database: Database): LastRecord | undefined {
  const value = database.get(META.last);
  if (value === undefined) return undefined;
  try {
    return decodeLastRecord(value);
  } catch (error) {
    throw damaged("record of the last block", error instanceof Error ? error.message : String(error), error);
  }
}

async function loadTree(database: Database): Promise<StateTree> {
  const loader = new TreeLoader();
  for await (const entries of database.entries(familyRange(FAMILY.state))) {
    for (const [key, sealed] of entries) loader.add(...readPair(key, sealed));
  }
  return loader.finish();
}

/** The pair of hashes of a state value, once its seal has been checked. */
function readPair(key: Uint8Array, sealed: Uint8Array): [keyHash: Uint8Array, valueHash: Uint8Array] {
  const value = valueIn(sealed);
  const [keyHash, valueHash] = [sha256(key.subarray(1)), value && sha256(value)];
  if (valueHash === undefined || !isSealedWith(keyHash, valueHash, sealed)) {
    throw damaged(describeKey(key), "its value is not the one that was written");
  }
  return [keyHash, valueHash];
}

async function loadLog(database: Database): Promise<HistoryLog> {
  const log = HistoryLog.empty();
  for await (const entries of database.entries(familyRange(FAMILY.log))) {
    for (const [key, sealed] of entries) {
      const expected = heightKey(FAMILY.log, log.size + 1);
      if (!equalBytes(key, expected)) throw damaged(describeKey(expected), "it is gone");
      const entry = openValue(key, sealed);
      if (entry === undefined) throw damaged(describeKey(key), "its bytes are not those that were written");
      log.append(entry);
    }
  }
  return log;
}

function assertRoots(tree: StateTree, log: HistoryLog, last: LastRecord, ledger: Uint8Array): void {
  const where = `state after block ${last.height}`;
  if (log.size !== last.height) {
    throw damaged(`log after block ${last.height}`, `it has ${log.size} entries instead of ${last.height}`);
  }
  if (!equalBytes(tree.root, last.stateRoot)) {
    throw damaged(where, `its root is ${toHex(tree.root)} instead of ${toHex(last.stateRoot)}`);
  }
  if (!equalBytes(log.root(), last.logRoot)) {
    throw damaged(`log after block ${last.height}`, "its root is not the one recorded");
  }
  if (!equalBytes(appHash(ledger, tree.root, log.root(), last.height), last.appHash)) {
    throw damaged(where, "the app hash recorded does not follow from genesis, state and log");
  }
}
