/**
 * A set of 32-byte identities in flat memory, about 64 bytes each: replay protection asks it for every transaction,
 * nearly always in vain, and an hour holds millions.
 *
 * Open addressing by the identity's own first bytes, which are a hash's and therefore spread; all 32 bytes are compared.
 */
export class IdentitySet {
  #bytes = new Uint8Array(FIRST_PLACES * IDENTITY_BYTES);
  #taken = new Uint8Array(FIRST_PLACES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(identity: Uint8Array): boolean {
    return this.#taken[this.#place(identity)] === 1;
  }

  /** Adds an identity; one that is there already changes nothing. */
  add(identity: Uint8Array): void {
    if (this.#size * 2 >= this.#taken.length) this.#grow();
    const place = this.#place(identity);
    if (this.#taken[place] === 1) return;
    this.#taken[place] = 1;
    this.#bytes.set(identity, place * IDENTITY_BYTES);
    this.#size++;
  }

  /** Where the identity is, or the free place where it would go. */
  #place(identity: Uint8Array): number {
    const mask = this.#taken.length - 1;
    let place = firstWord(identity) & mask;
    while (this.#taken[place] === 1 && !this.#isAt(place, identity)) place = (place + 1) & mask;
    return place;
  }

  #isAt(place: number, identity: Uint8Array): boolean {
    const start = place * IDENTITY_BYTES;
    for (let i = 0; i < IDENTITY_BYTES; i++) if (this.#bytes[start + i] !== identity[i]) return false;
    return true;
  }

  #grow(): void {
    const [bytes, taken] = [this.#bytes, this.#taken];
    this.#bytes = new Uint8Array(bytes.length * 2);
    this.#taken = new Uint8Array(taken.length * 2);
    this.#size = 0;
    for (let place = 0; place < taken.length; place++) {
      if (taken[place] === 1) this.add(bytes.subarray(place * IDENTITY_BYTES, (place + 1) * IDENTITY_BYTES));
    }
  }
}

const IDENTITY_BYTES = 32;
const FIRST_PLACES = 64;

function firstWord(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0;
}
