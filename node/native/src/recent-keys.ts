import type { KeyObject } from "node:crypto";

/** Keys read lately, by their bytes; the one unused for longest goes when there are more than `limit`. */
export class RecentKeys {
  readonly #limit: number;
  readonly #read: (publicKey: Uint8Array) => KeyObject | undefined;
  readonly #keys = new Map<string, KeyObject>();

  constructor(limit: number, read: (publicKey: Uint8Array) => KeyObject | undefined) {
    this.#limit = limit;
    this.#read = read;
  }

  /** The key that these bytes are, or undefined where they are none. Failures are not kept: they fill no room. */
  get(publicKey: Uint8Array): KeyObject | undefined {
    const name = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.byteLength).toString("latin1");
    const key = this.#keys.get(name) ?? this.#read(publicKey);
    if (key === undefined) return undefined;
    this.#keys.delete(name);
    this.#keys.set(name, key);
    if (this.#keys.size > this.#limit) this.#dropOldest();
    return key;
  }

  #dropOldest(): void {
    for (const name of this.#keys.keys()) {
      this.#keys.delete(name);
      return;
    }
  }
}
