import { sha256 } from "@acta/crypto";
import type { StateReader } from "./environment.ts";
import type { StateKey } from "./state-key.ts";

/** A value by key as something sees it: the state before a block, or that with what was written since. */
export type StateView = {
  get(key: StateKey): Uint8Array | undefined;
  /** What a layer holds under the key in another form than bytes; undefined where it is only bytes. */
  held?(key: StateKey): object | undefined;
};

/** A write: the value after it with its SHA-256, or null for both where the key is removed. */
export type Write = {
  readonly key: StateKey;
  readonly value: Uint8Array | null;
  readonly valueHash: Uint8Array | null;
};

/** The state before the block, each key read from the store at most once. */
export class CachedState implements StateView {
  readonly #reader: StateReader;
  readonly #known = new Map<string, Uint8Array | undefined>();

  constructor(reader: StateReader) {
    this.#reader = reader;
  }

  get(key: StateKey): Uint8Array | undefined {
    const known = this.#known.get(key.text);
    if (known !== undefined || this.#known.has(key.text)) return known;
    const { find } = this.#reader;
    const value = find === undefined ? this.#reader.get(key.bytes) : find(key);
    this.#known.set(key.text, value);
    return value;
  }
}

/**
 * Writes that are not yet final, over a view that does not know of them.
 *
 * A block, a transaction whose calls go together and a call each have one, stacked: a layer is merged into the one
 * below it, or forgotten. Values are never changed in place.
 */
export class StateLayer implements StateView {
  readonly #below: StateView;
  readonly #writes = new Map<string, Write>();

  constructor(below: StateView) {
    this.#below = below;
  }

  get(key: StateKey): Uint8Array | undefined {
    const write = this.#writes.get(key.text);
    return write === undefined ? this.#below.get(key) : (write.value ?? undefined);
  }

  /** Puts a value under a key, or removes the key where the value is null. */
  put(key: StateKey, value: Uint8Array | null): void {
    this.#writes.set(key.text, new ValueWrite(key, value));
  }

  /**
   * Puts a value in the form in which it is worked with. Its bytes are made when somebody asks for them: what changes a
   * hundred times in a block is encoded once. What is held is never changed in place.
   */
  hold<T extends object>(key: StateKey, held: T, encode: (held: T) => Uint8Array): void {
    this.#writes.set(key.text, new HeldWrite(key, held, () => encode(held)));
  }

  held(key: StateKey): object | undefined {
    const write = this.#writes.get(key.text);
    if (write === undefined) return this.#below.held?.(key);
    return write instanceof HeldWrite ? write.held : undefined;
  }

  /**
   * The writes that leave another value than the view below has, once per key, in the order of the keys' bytes. With `space`
   * only those of one space of the state.
   */
  changes(space?: number): Write[] {
    const changed: Write[] = [];
    for (const write of this.#writes.values()) {
      if (space !== undefined && write.key.elements[0] !== space) continue;
      if (!isSameValue(this.#below.get(write.key), write.value)) changed.push(write);
    }
    if (changed.length > 1) changed.sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
    return changed;
  }

  /** Hands every write to the layer below. */
  mergeInto(layer: StateLayer): void {
    for (const write of this.#writes.values()) layer.#writes.set(write.key.text, write);
  }
}

class ValueWrite implements Write {
  readonly key: StateKey;
  readonly value: Uint8Array | null;
  #hash: Uint8Array | undefined;

  constructor(key: StateKey, value: Uint8Array | null) {
    this.key = key;
    this.value = value;
  }

  get valueHash(): Uint8Array | null {
    if (this.value === null) return null;
    this.#hash ??= sha256(this.value);
    return this.#hash;
  }
}

class HeldWrite implements Write {
  readonly key: StateKey;
  readonly held: object;
  readonly #encode: () => Uint8Array;
  #value: Uint8Array | undefined;

  constructor(key: StateKey, held: object, encode: () => Uint8Array) {
    this.key = key;
    this.held = held;
    this.#encode = encode;
  }

  get value(): Uint8Array {
    this.#value ??= this.#encode();
    return this.#value;
  }

  get valueHash(): Uint8Array {
    return sha256(this.value);
  }
}

function isSameValue(before: Uint8Array | undefined, after: Uint8Array | null): boolean {
  if (before === undefined || after === null) return before === undefined && after === null;
  if (before.length !== after.length) return false;
  for (let i = 0; i < before.length; i++) if (before[i] !== after[i]) return false;
  return true;
}
