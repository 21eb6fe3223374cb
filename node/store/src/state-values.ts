import { byteText, equalBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import type { NamedKey } from "@acta/ledger";
import type { StateTree } from "@acta/merkle";
import type { StateWrite } from "./block.ts";
import { damaged } from "./errors.ts";
import { FAMILY, familyKey } from "./keys.ts";
import { isSealedWith, valueIn } from "./sealed-value.ts";
import { ValueCache } from "./value-cache.ts";

/** A write with the hashes of key and value, which tree, seal and check all need. */
export type HashedWrite = {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
  readonly keyHash: Uint8Array;
  readonly valueHash: Uint8Array | null;
};

/** Hashes keys and values of writes, as far as whoever made them has not. */
export function hashWrites(writes: readonly StateWrite[]): HashedWrite[] {
  return writes.map(([key, value, hashes]) => ({
    key,
    value,
    keyHash: hashes?.key.hash ?? sha256(key),
    valueHash: value === null ? null : (hashes?.valueHash ?? sha256(value)),
  }));
}

/** Where sealed values are read from: now, or for many keys beside other work. */
export type ValueSource = {
  get(key: Uint8Array): Uint8Array | undefined;
  getMany(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]>;
};

/**
 * The state's values after the last block, each checked against its leaf of the tree before it is handed out.
 *
 * The tree is in memory and knows which keys exist, so that asking for an absent one costs no disk access. Values are
 * shared with the cache: nobody may write into them.
 */
export class StateValues {
  readonly #tree: StateTree;
  readonly #source: ValueSource;
  readonly #cache: ValueCache;
  #version = 0;

  constructor(tree: StateTree, source: ValueSource, cacheBytes: number) {
    this.#tree = tree;
    this.#source = source;
    this.#cache = new ValueCache(cacheBytes);
  }

  /** The value under CBOR [space, …], or undefined. Throws StoreError `damaged` where disk and tree disagree. */
  readonly get = (key: Uint8Array): Uint8Array | undefined => {
    const text = byteText(key);
    return this.#cache.get(text) ?? this.#read({ bytes: key, text, hash: sha256(key) });
  };

  /** The same for a key whose text and hash are known. */
  readonly find = (key: NamedKey): Uint8Array | undefined => this.#cache.get(key.text) ?? this.#read(key);

  #read({ bytes, text, hash }: NamedKey): Uint8Array | undefined {
    const valueHash = this.#tree.valueHash(hash);
    if (valueHash === undefined) return undefined;
    const value = checked(bytes, hash, valueHash, this.#source.get(familyKey(FAMILY.state, bytes)));
    this.#cache.set(text, value);
    return value;
  }

  /**
   * Reads the values of keys into the cache, all at once and off the main thread, so that executing the next block does
   * not wait for the disk. Throws as `get` does.
   */
  readonly prefetch = async (keys: readonly Uint8Array[]): Promise<void> => {
    const wanted = keys
      .filter((key) => !this.#cache.has(byteText(key)))
      .map((key) => ({ key, keyHash: sha256(key) }))
      .filter(({ keyHash }) => this.#tree.valueHash(keyHash) !== undefined);
    if (wanted.length === 0) return;
    const version = this.#version;
    const sealed = await this.#source.getMany(wanted.map(({ key }) => familyKey(FAMILY.state, key)));
    // A block came in between: what was read may be older than the tree.
    if (version !== this.#version) return;
    for (const [index, { key, keyHash }] of wanted.entries()) {
      const valueHash = this.#tree.valueHash(keyHash);
      if (valueHash !== undefined) this.#cache.set(byteText(key), checked(key, keyHash, valueHash, sealed[index]));
    }
  };

  /** A block is about to be written: what prefetches read from here on may be older or newer than the tree. */
  beginWrites(): void {
    this.#version++;
  }

  /** Takes over the writes of a block that is durable now. */
  applied(writes: readonly HashedWrite[]): void {
    this.#version++;
    const inOwnMemory = ownMemoryFor(writes);
    for (const { key, value } of writes) {
      if (value === null) this.#cache.delete(byteText(key));
      else this.#cache.set(byteText(key), inOwnMemory(value));
    }
  }
}

/** Puts a block's values together: as parts of the memory that they were encoded in they would keep all of that. */
function ownMemoryFor(writes: readonly HashedWrite[]): (value: Uint8Array) => Uint8Array {
  const memory = new Uint8Array(writes.reduce((sum, { value }) => sum + (value?.length ?? 0), 0));
  let used = 0;
  return (value) => {
    memory.set(value, used);
    used += value.length;
    return memory.subarray(used - value.length, used);
  };
}

function checked(
  key: Uint8Array,
  keyHash: Uint8Array,
  valueHash: Uint8Array,
  sealed: Uint8Array | undefined,
): Uint8Array {
  if (sealed === undefined)
    throw damaged(`state key ${toHex(key)}`, "its value is gone, although the tree has its leaf");
  const value = valueIn(sealed);
  const found = value === undefined ? undefined : sha256(value);
  if (value === undefined || found === undefined || !equalBytes(found, valueHash)) {
    throw damaged(`state key ${toHex(key)}`, "its value does not match its leaf in the state tree");
  }
  if (!isSealedWith(keyHash, found, sealed)) throw damaged(`state key ${toHex(key)}`, "its value's seal is wrong");
  return value;
}
