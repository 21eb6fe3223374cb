import { concatBytes, toHex, uint64 } from "@acta/bytes";

/** The families of keys in the database, by their first byte. */
export const FAMILY = {
  /** Genesis, last block, format: one each. */
  meta: 0x6d,
  /** State values, under the state key's bytes. */
  state: 0x73,
  /** Header and roots of a block, under its height. */
  header: 0x68,
  /** The commit first seen of a block, under its height. */
  commit: 0x63,
  /** A block's transactions, under its height. */
  transactions: 0x74,
  /** A block's outcomes, record changes and ledger actions, under its height. */
  results: 0x6f,
  /** The history log's entry of a block, under its height. */
  log: 0x6c,
  /** Where a transaction was entered, under its identity. */
  identity: 0x69,
  /** The identities that a block added to an open bucket, under bucket and height. */
  bucket: 0x62,
} as const;

export type Family = (typeof FAMILY)[keyof typeof FAMILY];

/** The key of a family's entry. */
export const familyKey = (family: Family, rest: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(family), rest);

/** The key of a family's entry at a height. */
export const heightKey = (family: Family, height: number): Uint8Array => familyKey(family, uint64(height));

/** The key of the identities that a block added to a bucket. Keys sort as the blocks were executed. */
export const bucketEntryKey = (bucket: number, height: number): Uint8Array =>
  familyKey(FAMILY.bucket, concatBytes(uint64(bucket), uint64(height)));

/** First key and end (not included) of a whole family. */
export const familyRange = (family: Family): { gte: Uint8Array; lt: Uint8Array } => ({
  gte: Uint8Array.of(family),
  lt: Uint8Array.of(family + 1),
});

/** First key and end (not included) of one bucket. */
export const bucketRange = (bucket: number): { gte: Uint8Array; lt: Uint8Array } => ({
  gte: familyKey(FAMILY.bucket, uint64(bucket)),
  lt: familyKey(FAMILY.bucket, uint64(bucket + 1)),
});

export const META = {
  genesis: familyKey(FAMILY.meta, Uint8Array.of(1)),
  last: familyKey(FAMILY.meta, Uint8Array.of(2)),
} as const;

/** A key in words, for messages: "header of block 12", "state key 83…". */
export function describeKey(key: Uint8Array): string {
  const rest = key.subarray(1);
  const at = (start: number) => Number(Buffer.from(rest.buffer, rest.byteOffset).readBigUInt64BE(start));
  const perHeight = PER_HEIGHT.get(key[0] ?? -1);
  if (perHeight !== undefined && rest.length === 8) return `${perHeight} of block ${at(0)}`;
  if (key[0] === FAMILY.state) return `state key ${toHex(rest)}`;
  if (key[0] === FAMILY.identity) return `index entry of transaction ${toHex(rest)}`;
  if (key[0] === FAMILY.bucket && rest.length === 16) return `bucket ${at(0)}, block ${at(8)}`;
  if (key[0] === FAMILY.meta && rest[0] === 1) return "genesis";
  if (key[0] === FAMILY.meta && rest[0] === 2) return "record of the last block";
  return `key ${toHex(key)}`;
}

const PER_HEIGHT: ReadonlyMap<number, string> = new Map([
  [FAMILY.header, "header"],
  [FAMILY.commit, "commit"],
  [FAMILY.transactions, "transactions"],
  [FAMILY.results, "results"],
  [FAMILY.log, "log entry"],
]);
