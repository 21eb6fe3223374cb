import { decode, encode } from "@acta/bytes";
import { sha256Joined } from "@acta/crypto";
import type { Environment } from "./environment.ts";
import { LedgerError } from "./error.ts";
import { bucketKey, expiryHourKey, identityKey, systemKey } from "./state-key.ts";
import type { StateLayer, StateView } from "./state-layer.ts";

/** What replay protection needs to know of a transaction. */
export type Identified = {
  readonly identity: Uint8Array;
  readonly payload: { readonly expiry: number; readonly signers: readonly unknown[] };
};

/** What a block did to the identities outside the tree: those of class one that it spent, and the buckets it dropped. */
export type SpentIdentities = {
  readonly identities: readonly (readonly [bucket: number, identity: Uint8Array])[];
  readonly droppedBuckets: readonly number[];
};

const REPLAY = systemKey("replay");
const BUCKET_SECONDS = 60;
const HOUR_SECONDS = 3600;
// Steps of sweeping in one block: twice what a block adds, so that sweeping keeps up, and some for a small block.
const LEAST_SWEEP_STEPS = 256;

/** Class one has one signer: identities in buckets outside the tree. Class two has more: records of the state. */
export const isClassOne = (transaction: Identified): boolean => transaction.payload.signers.length === 1;

/** The bucket of an expiry: the minute since 1970 (FORMATS §3). */
export const bucketOf = (expiry: number): number => Math.floor(expiry / BUCKET_SECONDS);

/** Whether the transaction was entered in an earlier block. Asks for nothing where it has expired: that comes first. */
export function isReplayed(environment: Environment, state: StateView, transaction: Identified): boolean {
  return isClassOne(transaction)
    ? environment.identities.has(bucketOf(transaction.payload.expiry), transaction.identity)
    : state.get(identityKey(transaction.identity)) !== undefined;
}

/** The system record [0, "replay"] before the first block: no bucket and no hour was ever opened. */
export function openingReplay(seconds: number): readonly [key: Uint8Array, value: Uint8Array] {
  const bucket = bucketOf(seconds);
  return [REPLAY.bytes, encodeCursor({ bucket, lastBucket: bucket, hour: hourOf(seconds) })];
}

/**
 * Spends the transactions of a block, in order, and forgets what has expired.
 *
 * Buckets hold [count, digest], the digest first 32 zero bytes and then H(digest ‖ identity); a bucket is dropped once
 * block seconds exceed its last (FORMATS §3). Identities of class two are kept as [7, identity] → [expiry, the identity
 * entered before it for the same hour, or null] with [7, hour] → the newest, so that an hour that has passed can be
 * swept, newest first, in bounded slices. [0, "replay"] → [first open bucket, last bucket ever opened, first hour not
 * yet swept] says where to go on. A block without transactions does none of this.
 */
export function spendIdentities(
  state: StateLayer,
  seconds: number,
  transactions: readonly Identified[],
): SpentIdentities {
  if (transactions.length === 0) return { identities: [], droppedBuckets: [] };
  const cursor = readCursor(state);
  const droppedBuckets = dropBuckets(state, cursor, seconds);
  sweepHours(state, cursor, seconds, Math.max(LEAST_SWEEP_STEPS, 2 * transactions.length));
  const identities = spendInBuckets(state, cursor, transactions.filter(isClassOne));
  for (const transaction of transactions) if (!isClassOne(transaction)) spendAsRecord(state, transaction);
  state.put(REPLAY, encodeCursor(cursor));
  return { identities, droppedBuckets };
}

type Cursor = { bucket: number; lastBucket: number; hour: number };

function readCursor(state: StateView): Cursor {
  const [bucket, lastBucket, hour] = decode(present(state.get(REPLAY), '[0, "replay"]')) as readonly number[];
  return { bucket: bucket as number, lastBucket: lastBucket as number, hour: hour as number };
}

const encodeCursor = ({ bucket, lastBucket, hour }: Cursor): Uint8Array => encode([bucket, lastBucket, hour]);

const hourOf = (seconds: number): number => Math.floor(seconds / HOUR_SECONDS);

function dropBuckets(state: StateLayer, cursor: Cursor, seconds: number): number[] {
  const dropped: number[] = [];
  const current = bucketOf(seconds);
  for (let bucket = cursor.bucket; bucket < current && bucket <= cursor.lastBucket; bucket++) {
    const key = bucketKey(bucket);
    if (state.get(key) === undefined) continue;
    state.put(key, null);
    dropped.push(bucket);
  }
  cursor.bucket = Math.max(cursor.bucket, current);
  cursor.lastBucket = Math.max(cursor.lastBucket, cursor.bucket);
  return dropped;
}

function sweepHours(state: StateLayer, cursor: Cursor, seconds: number, steps: number): void {
  for (let step = 0; step < steps && cursor.hour < hourOf(seconds); step++) {
    const newest = state.get(expiryHourKey(cursor.hour));
    if (newest === undefined) cursor.hour++;
    else sweepNewest(state, cursor.hour, decode(newest) as Uint8Array);
  }
}

function sweepNewest(state: StateLayer, hour: number, identity: Uint8Array): void {
  const key = identityKey(identity);
  const [, earlier] = decode(present(state.get(key), "[7, identity]")) as readonly [number, Uint8Array | null];
  state.put(key, null);
  state.put(expiryHourKey(hour), earlier === null ? null : encode(earlier));
}

function spendAsRecord(state: StateLayer, { identity, payload }: Identified): void {
  const hour = expiryHourKey(hourOf(payload.expiry));
  const newest = state.get(hour);
  state.put(identityKey(identity), encode([payload.expiry, newest === undefined ? null : decode(newest)]));
  state.put(hour, encode(identity));
}

function spendInBuckets(state: StateLayer, cursor: Cursor, transactions: readonly Identified[]) {
  const identities: [number, Uint8Array][] = [];
  const open = new Map<number, { count: number; digest: Uint8Array }>();
  for (const { identity, payload } of transactions) {
    const number = bucketOf(payload.expiry);
    const bucket = open.get(number) ?? readBucket(state, number);
    open.set(number, bucket);
    bucket.count++;
    bucket.digest = sha256Joined(bucket.digest, identity);
    identities.push([number, identity]);
  }
  for (const [number, { count, digest }] of open) {
    state.put(bucketKey(number), encode([count, digest]));
    cursor.lastBucket = Math.max(cursor.lastBucket, number);
  }
  return identities;
}

function readBucket(state: StateView, number: number): { count: number; digest: Uint8Array } {
  const value = state.get(bucketKey(number));
  if (value === undefined) return { count: 0, digest: new Uint8Array(32) };
  const [count, digest] = decode(value) as readonly [number, Uint8Array];
  return { count, digest };
}

function present(value: Uint8Array | undefined, key: string): Uint8Array {
  if (value !== undefined) return value;
  throw new LedgerError("state-damaged", `The state has nothing under ${key}. Run "acta fsck".`);
}
