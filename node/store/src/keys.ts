import { concatBytes, encode, toHex, uint64 } from "@acta/bytes";
import { sha256 } from "@acta/crypto";

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
  /** Where a deadline of a contract and a name passed, under a mark of both and the height. */
  action: 0x61,
} as const;

export type Family = (typeof FAMILY)[keyof typeof FAMILY];

/** The key of a family's entry. */
export const familyKey = (family: Family, rest: Uint8Array): Uint8Array => concatBytes(Uint8Array.of(family), rest);

/** The key of a family's entry at a height. */
export const heightKey = (family: Family, height: number): Uint8Array => familyKey(family, uint64(height));

/** The key of the identities that a block added to a bucket. Keys sort as the blocks were executed. */
export const bucketEntryKey = (bucket: number, height: number): Uint8Array =>
  familyKey(FAMILY.bucket, concatBytes(uint64(bucket), uint64(height)));

/** The key under which it stands that a deadline passed in a block. A name passes at most once in a block. */
export const actionKey = ({ contract, name }: DeadlineName, height: number): Uint8Array =>
  familyKey(FAMILY.action, concatBytes(markOf(contract, name), uint64(height)));

/** A deadline as its contract knows it. */
export type DeadlineName = { readonly contract: string; readonly name: string };

const markOf = (contract: string, name: string): Uint8Array => sha256(encode([contract, name]));

/** First key and end (not included) of where one deadline passed, from a height on. */
export const actionRange = (deadline: DeadlineName, from: number): { gte: Uint8Array; lt: Uint8Array } => ({
  gte: actionKey(deadline, from),
  lt: actionKey(deadline, Number.MAX_SAFE_INTEGER),
});

/** The height in a key that `actionKey` made. */
export const heightOfActionKey = (key: Uint8Array): number =>
  Number(Buffer.from(key.buffer, key.byteOffset).readBigUInt64BE(key.length - 8));

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
  if (key[0] === FAMILY.action && rest.length === 40) return `index entry of an act of the ledger in block ${at(32)}`;
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
