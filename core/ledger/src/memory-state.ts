import { byteText } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import type { IdentityReader, StateReader } from "./environment.ts";
import type { SpentIdentities } from "./replay.ts";

/** A change as the state tree takes it. */
export type HashedWrite = readonly [keyHash: Uint8Array, valueHash: Uint8Array | null];

/** State and identities in maps: what a store does on disk, without being durable. */
export class MemoryState implements StateReader, IdentityReader {
  readonly #values = new Map<string, readonly [key: Uint8Array, value: Uint8Array]>();
  readonly #buckets = new Map<number, Set<string>>();

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#values.get(byteText(key))?.[1];
  }

  has(bucket: number, identity: Uint8Array): boolean {
    return this.#buckets.get(bucket)?.has(byteText(identity)) ?? false;
  }

  entries(): (readonly [key: Uint8Array, value: Uint8Array])[] {
    return [...this.#values.values()];
  }

  /** Keeps writes, and gives them hashed. */
  keep(writes: readonly (readonly [key: Uint8Array, value: Uint8Array | null, hashes?: unknown])[]): HashedWrite[] {
    return writes.map(([key, value]) => {
      const text = byteText(key);
      if (value === null) this.#values.delete(text);
      else this.#values.set(text, [key, value]);
      return [sha256(key), value && sha256(value)];
    });
  }

  /** Keeps the identities that a block spent, and drops the buckets that it dropped. */
  keepIdentities({ identities, droppedBuckets }: SpentIdentities): void {
    for (const [bucket, identity] of identities) {
      const known = this.#buckets.get(bucket) ?? new Set();
      this.#buckets.set(bucket, known.add(byteText(identity)));
    }
    for (const bucket of droppedBuckets) this.#buckets.delete(bucket);
  }
}
