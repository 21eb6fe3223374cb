import { decode, encode } from "@acta/bytes";
import type { StateTree } from "@acta/merkle";
import { BucketEntries, wrongBuckets } from "./bucket-digests.ts";
import type { Database } from "./database.ts";
import { damaged } from "./errors.ts";
import { describeKey, FAMILY, familyRange } from "./keys.ts";
import { type BucketDigest, bucketDigestOf, OpenBuckets } from "./open-buckets.ts";
import { openValue } from "./sealed-value.ts";
import { StateValues } from "./state-values.ts";

/**
 * Reads the identities of all open buckets and holds them against the digests in the state, without reading all of the
 * state: the tree says which buckets are open. `forgotten` are buckets that have entries and are not open any more.
 *
 * Throws StoreError `damaged`. Cost: 0.2 µs for each identity.
 */
export async function loadBuckets(
  database: Database,
  tree: StateTree,
): Promise<{ buckets: OpenBuckets; forgotten: number[] }> {
  const stored = await readIdentities(database);
  const values = new StateValues(tree, { get: database.getSealed, getMany: database.getManySealed }, 0);
  const expected = openDigests(values.get, [...stored.keys()]);
  const [wrong] = wrongBuckets(stored, expected);
  if (wrong !== undefined) {
    throw damaged(`bucket ${wrong}`, "its identities do not give the digest in the state: a replay could pass");
  }
  const buckets = new OpenBuckets();
  for (const bucket of expected.keys()) buckets.fill(bucket, stored.get(bucket) ?? new Uint8Array(0));
  return { buckets, forgotten: [...stored.keys()].filter((bucket) => !expected.has(bucket)) };
}

async function readIdentities(database: Database): Promise<Map<number, Uint8Array>> {
  const entries = new BucketEntries();
  for await (const batch of database.entries(familyRange(FAMILY.bucket))) {
    for (const [key, sealed] of batch) {
      const identities = openValue(key, sealed);
      if (identities === undefined) throw damaged(describeKey(key), "its bytes are not those that were written");
      entries.add(key, identities);
    }
  }
  return entries.joined();
}

type ReadState = (key: Uint8Array) => Uint8Array | undefined;

/**
 * Count and digest of each bucket that the state has. [0, "replay"] in the state names the first that may be open and the
 * last that ever was (docs/spec/06-state.md), so that none is missed although its entries are; `seen` may be others.
 */
function openDigests(readState: ReadState, seen: readonly number[]): Map<number, BucketDigest> {
  const cursor = readState(REPLAY_KEY);
  const [first = 0, last = -1] = cursor === undefined ? [] : (decode(cursor) as readonly number[]); // as the state has it
  const named = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const digests = new Map<number, BucketDigest>();
  for (const bucket of new Set([...named, ...seen])) {
    const value = readState(encode([BUCKET_SPACE, bucket]));
    if (value !== undefined) digests.set(bucket, bucketDigestOf(value));
  }
  return digests;
}

const REPLAY_KEY = encode([0, "replay"]);
const BUCKET_SPACE = 8;
