import { join } from "node:path";
import { FAMILY, PARTS } from "@acta/store";
import { ClassicLevel } from "classic-level";
import { ledgerFiles } from "./bench-ledger.ts";

/** What is kept under one family of keys. */
export type StoredKind = {
  readonly entries: number;
  /** Keys and values as they were written. */
  readonly rawBytes: number;
  /** In LevelDB's table files, compressed, with their indexes. */
  readonly diskBytes: number;
};

/** The kinds by what a person calls them, in the order in which a report lists them. */
export const KINDS = {
  state: FAMILY.state,
  transactions: FAMILY.transactions,
  results: FAMILY.results,
  "index of transactions": FAMILY.identity,
  "open identities": FAMILY.bucket,
  headers: FAMILY.header,
  commits: FAMILY.commit,
  "history log": FAMILY.log,
  "genesis and last block": FAMILY.meta,
} as const;

export type KindName = keyof typeof KINDS;

/** Compacts the database of a ledger that no node has open, and says what each kind takes. */
export async function storedKinds(data: string): Promise<Readonly<Record<KindName, StoredKind>>> {
  const level = new ClassicLevel<Uint8Array, Uint8Array>(join(ledgerFiles(data).store, PARTS.level), {
    createIfMissing: false,
    keyEncoding: "view",
    valueEncoding: "view",
    // As the store opens it: the size of tables decides how large their indexes are.
    writeBufferSize: 32 << 20,
    maxFileSize: 16 << 20,
  });
  await level.open();
  await level.compactRange(Uint8Array.of(0), Uint8Array.of(255));
  const found: [string, StoredKind][] = [];
  for (const [name, family] of Object.entries(KINDS)) found.push([name, await kindOf(level, family)]);
  await level.close();
  return Object.fromEntries(found) as Record<KindName, StoredKind>; // one for each name
}

async function kindOf(level: ClassicLevel<Uint8Array, Uint8Array>, family: number): Promise<StoredKind> {
  const [gte, lt] = [Uint8Array.of(family), Uint8Array.of(family + 1)];
  const iterator = level.iterator({ gte, lt, highWaterMarkBytes: 4 << 20 });
  let entries = 0;
  let rawBytes = 0;
  for (let some = await iterator.nextv(4096); some.length > 0; some = await iterator.nextv(4096)) {
    entries += some.length;
    rawBytes += some.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  }
  await iterator.close();
  return { entries, rawBytes, diskBytes: await level.approximateSize(gte, lt) };
}
