/**
 * State values read or written lately, by their keys; the one unused for longest goes when the bytes pass the limit.
 * Values are shared, never copied: nobody may write into them.
 */
export class ValueCache {
  readonly #limitBytes: number;
  readonly #values = new Map<string, Uint8Array>();
  /** Stands before the entry unused for longest. Begun anew for each, it would pass all places that others left empty. */
  #oldest = this.#values.entries();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Uint8Array | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  set(key: string, value: Uint8Array): void {
    this.delete(key);
    this.#values.set(key, value);
    this.#bytes += cost(key, value);
    while (this.#bytes > this.#limitBytes) this.#dropOldest();
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#values.delete(key);
    this.#bytes -= cost(key, value);
  }

  #dropOldest(): void {
    const next = this.#oldest.next();
    if (next.done) this.#oldest = this.#values.entries();
    else this.delete(next.value[0]);
  }
}

// What the map itself takes for an entry, about.
const ENTRY_BYTES = 120;

function cost(key: string, value: Uint8Array): number {
  return key.length + value.length + ENTRY_BYTES;
}
