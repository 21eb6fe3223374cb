import { equalBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { HistoryLog, type StateTree } from "@acta/merkle";
import { appHash, ledgerId } from "@acta/protocol";
import { BucketEntries, wrongBuckets } from "./bucket-digests.ts";
import type { Database } from "./database.ts";
import type { Findings } from "./finding.ts";
import { describeKey, FAMILY, type Family, familyRange, heightKey, META } from "./keys.ts";
import { decodeLastRecord, type LastRecord } from "./last-record.ts";
import { type BucketDigest, bucketDigestOf, bucketOfStateKey } from "./open-buckets.ts";
import { openValue } from "./sealed-value.ts";
import { TreeLoader } from "./tree-loader.ts";

/** What going through all records gave, for the checks that follow. */
export type RecordSummary = {
  readonly genesis: { readonly bytes: Uint8Array; readonly ledgerId: Uint8Array } | undefined;
  readonly last: LastRecord | undefined;
  readonly log: HistoryLog;
  /** Whether the log has all entries, so that headers can be held against it. */
  readonly isLogWhole: boolean;
  /** How many index entries of transactions there are. */
  readonly identities: number;
  /** How many index entries of acts of the ledger there are. */
  readonly actions: number;
};

/**
 * Goes through every record of the database: its seal, its family, and then state root, log root, app hash and bucket
 * digests against the record of the newest block. Each record that is wrong is named by its key; `onState` is handed those
 * of the state that are whole.
 */
export async function checkRecords(
  database: Database,
  findings: Findings,
  onProgress: (done: number) => void,
  onState: (key: Uint8Array, value: Uint8Array) => void,
): Promise<RecordSummary> {
  const visit = new Visit(database, findings, onProgress);
  const { genesis, last } = await visit.meta();
  const { tree, digests } = await visit.state(onState);
  const { log, isWhole } = await visit.log();
  await visit.buckets(digests);
  const identities = await visit.countFamily(FAMILY.identity);
  const actions = await visit.countFamily(FAMILY.action);
  for (const family of [FAMILY.header, FAMILY.commit, FAMILY.transactions, FAMILY.results]) {
    const count = await visit.countFamily(family);
    if (last && count > last.height)
      findings.damage(describeKey(heightKey(family, count)), "it is beyond the last block");
  }
  await visit.unknownKeys();
  if (last !== undefined && genesis !== undefined) checkRoots(findings, tree, log, last, genesis.ledgerId);
  return { genesis, last, log, isLogWhole: isWhole, identities, actions };
}

function checkRoots(findings: Findings, tree: StateTree, log: HistoryLog, last: LastRecord, ledger: Uint8Array): void {
  const where = `after block ${last.height}`;
  if (!equalBytes(tree.root, last.stateRoot)) {
    findings.damage(`state ${where}`, `its root is ${toHex(tree.root)} instead of ${toHex(last.stateRoot)}`);
  }
  if (!equalBytes(log.root(), last.logRoot)) findings.damage(`log ${where}`, "its root is not the one recorded");
  if (!equalBytes(appHash(ledger, last.stateRoot, last.logRoot, last.height), last.appHash)) {
    findings.damage("record of the last block", "its app hash does not follow from genesis and roots");
  }
}

class Visit {
  readonly #database: Database;
  readonly #findings: Findings;
  readonly #onProgress: (done: number) => void;
  #done = 0;

  constructor(database: Database, findings: Findings, onProgress: (done: number) => void) {
    this.#database = database;
    this.#findings = findings;
    this.#onProgress = onProgress;
  }

  async meta(): Promise<Pick<RecordSummary, "genesis" | "last">> {
    const values = new Map<string, Uint8Array>();
    await this.#each(FAMILY.meta, (key, value) => values.set(toHex(key), value));
    const bytes = values.get(toHex(META.genesis));
    if (bytes === undefined) this.#findings.damage("genesis", "it is gone");
    return { genesis: bytes && { bytes, ledgerId: ledgerId(bytes) }, last: this.#lastOf(values.get(toHex(META.last))) };
  }

  async state(
    onState: (key: Uint8Array, value: Uint8Array) => void,
  ): Promise<{ tree: StateTree; digests: Map<number, BucketDigest> }> {
    const loader = new TreeLoader();
    const digests = new Map<number, BucketDigest>();
    await this.#each(FAMILY.state, (key, value) => {
      const stateKey = key.subarray(1);
      onState(stateKey, value);
      loader.add(sha256(stateKey), sha256(value));
      const bucket = bucketOfStateKey(stateKey);
      if (bucket !== undefined) digests.set(bucket, bucketDigestOf(value));
    });
    return { tree: loader.finish(), digests };
  }

  async log(): Promise<{ log: HistoryLog; isWhole: boolean }> {
    const log = HistoryLog.empty();
    let isWhole = true;
    await this.#each(FAMILY.log, (key, entry) => {
      const expected = heightKey(FAMILY.log, log.size + 1);
      if (isWhole && !equalBytes(key, expected)) {
        this.#findings.damage(describeKey(expected), "it is gone");
        isWhole = false;
      }
      log.append(entry);
    });
    return { log, isWhole };
  }

  /** Entries of buckets that the state no longer has are rests, which a start deletes. */
  async buckets(digests: ReadonlyMap<number, BucketDigest>): Promise<void> {
    const entries = new BucketEntries();
    await this.#each(FAMILY.bucket, (key, entry) => entries.add(key, entry));
    for (const bucket of wrongBuckets(entries.joined(), digests)) {
      this.#findings.damage(`bucket ${bucket}`, "its identities do not give the digest in the state");
    }
  }

  async countFamily(family: Family): Promise<number> {
    let count = 0;
    await this.#each(family, () => count++);
    return count;
  }

  /** What lies between the families was never written. */
  async unknownKeys(): Promise<void> {
    let start = 0;
    for (const family of [...Object.values(FAMILY).sort((a, b) => a - b), KEY_BYTES_END]) {
      const first = start;
      await this.#findings.try(() => this.#unknownBetween(first, family));
      start = family + 1;
    }
  }

  async #unknownBetween(start: number, end: number): Promise<void> {
    const lt = end === KEY_BYTES_END ? new Uint8Array(64).fill(0xff) : Uint8Array.of(end);
    for await (const entries of this.#database.entries({ gte: Uint8Array.of(start), lt })) {
      for (const [key] of entries) this.#findings.damage(describeKey(key), "no such key was ever written");
    }
  }

  #lastOf(value: Uint8Array | undefined): LastRecord | undefined {
    if (value === undefined) this.#findings.damage("record of the last block", "it is gone");
    return value && decodeLastRecord(value);
  }

  /** Calls back for each whole record of a family, in order, and names the others. */
  async #each(family: Family, visit: (key: Uint8Array, value: Uint8Array) => void): Promise<void> {
    await this.#findings.try(async () => {
      for await (const entries of this.#database.entries(familyRange(family))) {
        for (const [key, sealed] of entries) {
          const value = openValue(family === FAMILY.state ? key.subarray(1) : key, sealed);
          if (value === undefined) this.#findings.damage(describeKey(key), "its bytes are not those that were written");
          else visit(key, value);
        }
        this.#done += entries.length;
        this.#onProgress(this.#done);
      }
    });
  }
}

// One more than the largest first byte of a key.
const KEY_BYTES_END = 256;
