import { equalBytes } from "@acta/bytes";
import { pairHasher } from "@acta/native";
import type { BucketDigest } from "./open-buckets.ts";

/** Collects the stored entries of buckets, each under the key of bucket and height, in the order of their keys. */
export class BucketEntries {
  readonly #entries = new Map<number, Uint8Array[]>();

  add(key: Uint8Array, identities: Uint8Array): void {
    const bucket = Number(Buffer.from(key.buffer, key.byteOffset).readBigUInt64BE(1));
    const known = this.#entries.get(bucket);
    if (known === undefined) this.#entries.set(bucket, [identities]);
    else known.push(identities);
  }

  /** The identities of each bucket in order of execution, one behind the other. */
  joined(): Map<number, Uint8Array> {
    return new Map([...this.#entries].map(([bucket, parts]) => [bucket, Buffer.concat(parts)]));
  }
}

/** The buckets whose stored identities do not give the count and digest that the state has of them. */
export function wrongBuckets(
  stored: ReadonlyMap<number, Uint8Array>,
  expected: ReadonlyMap<number, BucketDigest>,
): number[] {
  const open = new Map([...expected.keys()].map((bucket) => [bucket, stored.get(bucket) ?? new Uint8Array(0)]));
  const found = digestsOf(open);
  return [...expected].flatMap(([bucket, digest]) => (isSame(found.get(bucket), digest) ? [] : [bucket]));
}

/**
 * The digests of buckets, H(digest ‖ identity) from 32 zeros for each identity in order. Each waits for the one before;
 * all buckets are therefore hashed side by side, a step of each at once, which is quicker the more there are.
 */
function digestsOf(buckets: ReadonlyMap<number, Uint8Array>): Map<number, BucketDigest> {
  const lanes = [...buckets].sort(([, a], [, b]) => b.length - a.length);
  const input = new Uint8Array(2 * HASH_BYTES * lanes.length);
  const output = new Uint8Array(HASH_BYTES * lanes.length);
  let active = lanes.length;
  for (let at = 0; ; at += HASH_BYTES) {
    while (active > 0 && (lanes[active - 1]?.[1].length ?? 0) <= at) active--;
    if (active === 0) return digestsIn(lanes, input);
    for (let lane = 0; lane < active; lane++) {
      copyHash((lanes[lane] as Lane)[1], at, input, (2 * lane + 1) * HASH_BYTES); // lane is within
    }
    pairHasher.hash(input.subarray(0, 2 * HASH_BYTES * active), output.subarray(0, HASH_BYTES * active));
    for (let lane = 0; lane < active; lane++) copyHash(output, lane * HASH_BYTES, input, 2 * lane * HASH_BYTES);
  }
}

function isSame(found: BucketDigest | undefined, expected: BucketDigest): boolean {
  return found !== undefined && found.count === expected.count && equalBytes(found.digest, expected.digest);
}

type Lane = readonly [bucket: number, identities: Uint8Array];

const HASH_BYTES = 32;

function digestsIn(lanes: readonly Lane[], input: Uint8Array): Map<number, BucketDigest> {
  return new Map(
    lanes.map(([bucket, identities], lane) => {
      const start = 2 * lane * HASH_BYTES;
      return [bucket, { count: identities.length / HASH_BYTES, digest: input.slice(start, start + HASH_BYTES) }];
    }),
  );
}

function copyHash(source: Uint8Array, from: number, target: Uint8Array, to: number): void {
  for (let i = 0; i < HASH_BYTES; i++) target[to + i] = source[from + i] as number; // 32 bytes are there
}
