import { decode, equalBytes } from "@acta/bytes";
import { sha256Joined } from "@acta/crypto";
import { RecordFormError } from "./cbor-fields.ts";
import { IdentitySet } from "./identity-set.ts";

/** Count and digest of a bucket, as the state keeps them under [8, b] (FORMATS §3). */
export type BucketDigest = { readonly count: number; readonly digest: Uint8Array };

/** The identities of class one that were entered and may not be entered again, by the minute in which they expire. */
export class OpenBuckets {
  readonly #buckets = new Map<number, IdentitySet>();

  readonly has = (bucket: number, identity: Uint8Array): boolean => this.#buckets.get(bucket)?.has(identity) ?? false;

  add(bucket: number, identity: Uint8Array): void {
    const identities = this.#buckets.get(bucket) ?? new IdentitySet();
    this.#buckets.set(bucket, identities);
    identities.add(identity);
  }

  drop(bucket: number): void {
    this.#buckets.delete(bucket);
  }
}

/** Follows the digest of one bucket, identity by identity in order of execution: H(digest ‖ identity) from 32 zeros. */
export class BucketDigester {
  #count = 0;
  #digest: Uint8Array = new Uint8Array(32);

  add(identity: Uint8Array): void {
    this.#count++;
    this.#digest = sha256Joined(this.#digest, identity);
  }

  matches({ count, digest }: BucketDigest): boolean {
    return this.#count === count && equalBytes(this.#digest, digest);
  }
}

/** The identities of one stored entry of a bucket, which stand one behind the other. */
export function identitiesOf(entry: Uint8Array): Uint8Array[] {
  if (entry.length % IDENTITY_BYTES !== 0) throw new RecordFormError("expected whole identities");
  return Array.from({ length: entry.length / IDENTITY_BYTES }, (_, index) =>
    entry.subarray(index * IDENTITY_BYTES, (index + 1) * IDENTITY_BYTES),
  );
}

const IDENTITY_BYTES = 32;

/** The bucket that a state key [8, b] names, or undefined for any other key. */
export function bucketOfStateKey(key: Uint8Array): number | undefined {
  // An array of two whose first element is 8.
  if (key[0] !== 0x82 || key[1] !== 0x08) return undefined;
  const [, bucket] = decode(key) as readonly unknown[]; // an array of two, as its first byte says
  return typeof bucket === "number" ? bucket : undefined;
}

/** Reads the value under [8, b]. */
export function bucketDigestOf(value: Uint8Array): BucketDigest {
  const [count, digest] = decode(value) as readonly unknown[]; // anything but the right form is refused below
  if (typeof count === "number" && digest instanceof Uint8Array) return { count, digest };
  throw new RecordFormError("expected [count, digest]");
}
