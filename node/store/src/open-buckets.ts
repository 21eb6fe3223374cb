import { decode } from "@acta/bytes";
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

  /** Adds all identities of a bucket that has none yet, which stand one behind the other. */
  fill(bucket: number, identities: Uint8Array): void {
    const set = new IdentitySet(identities.length / IDENTITY_BYTES);
    for (let at = 0; at < identities.length; at += IDENTITY_BYTES) set.addFrom(identities, at);
    this.#buckets.set(bucket, set);
  }

  drop(bucket: number): void {
    this.#buckets.delete(bucket);
  }
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
