/**
 * A set of 32-byte identities: all of them one behind the other in the order in which they came, and a table of their
 * numbers. About 44 bytes each where a Set of strings takes 150.
 *
 * Open addressing by the identity's own first bytes, which are a hash's and therefore spread; all 32 bytes are compared.
 */
export class IdentitySet {
  #bytes: Uint8Array;
  /** One more than the number of the identity at a place; 0 where the place is free. */
  #table: Uint32Array;
  #size = 0;

  /** Room for so many identities is made at once. */
  constructor(expected = 0) {
    this.#bytes = new Uint8Array(Math.max(LEAST_IDENTITIES, expected) * IDENTITY_BYTES);
    this.#table = new Uint32Array(placesFor(expected));
  }

  get size(): number {
    return this.#size;
  }

  has(identity: Uint8Array): boolean {
    return this.#table[this.#place(identity, 0)] !== 0;
  }

  /** Adds an identity; one that is there already changes nothing. */
  add(identity: Uint8Array): void {
    this.addFrom(identity, 0);
  }

  /** Adds the identity that lies at an offset. */
  addFrom(source: Uint8Array, start: number): void {
    if ((this.#size + 1) * 2 > this.#table.length) this.#enlargeTable();
    const place = this.#place(source, start);
    if (this.#table[place] !== 0) return;
    const end = this.#size * IDENTITY_BYTES;
    if (end === this.#bytes.length) this.#enlargeBytes();
    for (let i = 0; i < IDENTITY_BYTES; i++) this.#bytes[end + i] = source[start + i] as number; // 32 bytes are there
    this.#table[place] = ++this.#size;
  }

  /** Where the identity is, or the free place where it would go. */
  #place(source: Uint8Array, start: number): number {
    const mask = this.#table.length - 1;
    let place = firstWord(source, start) & mask;
    for (let number = this.#table[place]; number; number = this.#table[place]) {
      if (this.#isAt(number - 1, source, start)) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #isAt(number: number, source: Uint8Array, start: number): boolean {
    const at = number * IDENTITY_BYTES;
    for (let i = 0; i < IDENTITY_BYTES; i++) if (this.#bytes[at + i] !== source[start + i]) return false;
    return true;
  }

  #enlargeBytes(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  #enlargeTable(): void {
    this.#table = new Uint32Array(2 * this.#table.length);
    for (let number = 0; number < this.#size; number++) {
      this.#table[this.#place(this.#bytes, number * IDENTITY_BYTES)] = number + 1;
    }
  }
}

const IDENTITY_BYTES = 32;
const LEAST_IDENTITIES = 32;

/** A power of two of which at most half is taken. */
const placesFor = (identities: number): number => 2 ** Math.ceil(Math.log2(2 * Math.max(LEAST_IDENTITIES, identities)));

function firstWord(bytes: Uint8Array, start: number): number {
  let word = 0;
  for (let i = 3; i >= 0; i--) word = (word << 8) | (bytes[start + i] ?? 0);
  return word >>> 0;
}
