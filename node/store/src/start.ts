import { equalBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { HistoryLog, type StateTree } from "@acta/merkle";
import { appHash, ledgerId } from "@acta/protocol";
import type { Database } from "./database.ts";
import { damaged } from "./errors.ts";
import { describeKey, FAMILY, familyRange, heightKey, META } from "./keys.ts";
import { decodeLastRecord, type LastRecord } from "./last-record.ts";
import {
  type BucketDigest,
  BucketDigester,
  bucketDigestOf,
  bucketOfStateKey,
  identitiesOf,
  OpenBuckets,
} from "./open-buckets.ts";
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
};

/**
 * Reads all state values, log entries and open buckets, and holds them against the record of the newest block: state
 * root, log root, app hash, and the digests that the state keeps of its buckets.
 *
 * Throws StoreError `damaged` at the first thing that is not what was written. Cost: about 10 µs for each key (`test/measure-start.ts`).
 */
export async function loadContents(database: Database): Promise<Contents> {
  const last = readLast(database);
  const genesisBytes = database.get(META.genesis);
  if ((last === undefined) !== (genesisBytes === undefined)) {
    throw damaged(last ? "genesis" : "record of the last block", "it is gone, although other records are there");
  }
  const { tree, digests } = await loadTree(database);
  const log = await loadLog(database);
  const genesis = genesisBytes && { bytes: genesisBytes, ledgerId: ledgerId(genesisBytes) };
  if (last !== undefined && genesis !== undefined) assertRoots(tree, log, last, genesis.ledgerId);
  return { tree, log, genesis, last, ...(await loadBuckets(database, digests)) };
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

async function loadTree(database: Database): Promise<{ tree: StateTree; digests: Map<number, BucketDigest> }> {
  const loader = new TreeLoader();
  const digests = new Map<number, BucketDigest>();
  for await (const entries of database.entries(familyRange(FAMILY.state))) {
    for (const [key, sealed] of entries) {
      const { stateKey, value, keyHash, valueHash } = readState(key, sealed);
      loader.add(keyHash, valueHash);
      const bucket = bucketOfStateKey(stateKey);
      if (bucket !== undefined) digests.set(bucket, bucketDigestOf(value));
    }
  }
  return { tree: loader.finish(), digests };
}

function readState(key: Uint8Array, sealed: Uint8Array) {
  const stateKey = key.subarray(1);
  const value = valueIn(sealed);
  const [keyHash, valueHash] = [sha256(stateKey), value && sha256(value)];
  if (value === undefined || valueHash === undefined || !isSealedWith(keyHash, valueHash, sealed)) {
    throw damaged(describeKey(key), "its value is not the one that was written");
  }
  return { stateKey, value, keyHash, valueHash };
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

async function loadBuckets(
  database: Database,
  digests: ReadonlyMap<number, BucketDigest>,
): Promise<{ buckets: OpenBuckets; forgotten: number[] }> {
  const buckets = new OpenBuckets();
  const digesters = new Map<number, BucketDigester>();
  const forgotten = new Set<number>();
  for await (const entries of database.entries(familyRange(FAMILY.bucket))) {
    for (const [key, sealed] of entries) {
      const entry = openValue(key, sealed);
      if (entry === undefined) throw damaged(describeKey(key), "its bytes are not those that were written");
      const bucket = Number(Buffer.from(key.buffer, key.byteOffset).readBigUInt64BE(1));
      if (!digests.has(bucket)) {
        forgotten.add(bucket);
        continue;
      }
      const digester = digesters.get(bucket) ?? new BucketDigester();
      digesters.set(bucket, digester);
      for (const identity of identitiesOf(entry)) {
        buckets.add(bucket, identity);
        digester.add(identity);
      }
    }
  }
  for (const [bucket, digest] of digests) {
    if ((digesters.get(bucket) ?? new BucketDigester()).matches(digest)) continue;
    throw damaged(`bucket ${bucket}`, "its identities do not give the digest in the state: a replay could pass");
  }
  return { buckets, forgotten: [...forgotten] };
}
