import { orderOf } from "@acta/merkle";
import { HASH_BYTES, PAIR_BYTES } from "./quick-format.ts";

/** Pairs in the order of their keys' hashes; of pairs with the same key the last is kept. */
export function sortPairs(pairs: Buffer): Buffer {
  const keys = {
    count: pairs.length / PAIR_BYTES,
    prefix: (index: number) => pairs.readUInt32BE(index * PAIR_BYTES),
    compare: (one: number, other: number) => compareKeys(pairs, one * PAIR_BYTES, pairs, other * PAIR_BYTES),
  };
  const order = orderOf(keys);
  const sorted = Buffer.allocUnsafe(pairs.length);
  let used = 0;
  for (const [place, index] of order.entries()) {
    const next = order[place + 1];
    if (next !== undefined && keys.compare(index, next) === 0) continue;
    pairs.copy(sorted, used, index * PAIR_BYTES, (index + 1) * PAIR_BYTES);
    used += PAIR_BYTES;
  }
  return sorted.subarray(0, used);
}

/**
 * Sorted pairs, which come piece by piece, with sorted changes put into them: a change replaces its key's pair, adds it, or
 * removes it where its value's hash is zero. `emit` gets the result in order, in pieces that it must not keep.
 */
export class PairMerge {
  readonly #changes: Buffer;
  readonly #emit: (pairs: Buffer) => void;
  readonly #full = Buffer.allocUnsafe(PIECE_BYTES);
  #used = 0;
  #change = 0;

  constructor(changes: Buffer, emit: (pairs: Buffer) => void) {
    this.#changes = changes;
    this.#emit = emit;
  }

  add(piece: Buffer): void {
    let from = 0;
    while (this.#change < this.#changes.length) {
      const to = placeOf(this.#changes, this.#change, piece, from);
      this.#put(piece, from, to);
      from = to;
      // The key may still come with the next piece.
      if (to === piece.length) return;
      if (compareKeys(this.#changes, this.#change, piece, to) === 0) from += PAIR_BYTES;
      this.#putChange();
    }
    this.#put(piece, from, piece.length);
  }

  finish(): void {
    while (this.#change < this.#changes.length) this.#putChange();
    this.#flush();
  }

  #putChange(): void {
    const start = this.#change;
    this.#change += PAIR_BYTES;
    if (!isRemoval(this.#changes, start)) this.#put(this.#changes, start, this.#change);
  }

  #put(source: Buffer, start: number, end: number): void {
    for (let from = start; from < end; ) {
      const length = Math.min(end - from, PIECE_BYTES - this.#used);
      source.copy(this.#full, this.#used, from, from + length);
      this.#used += length;
      from += length;
      if (this.#used === PIECE_BYTES) this.#flush();
    }
  }

  #flush(): void {
    this.#emit(this.#full.subarray(0, this.#used));
    this.#used = 0;
  }
}

const PIECE_BYTES = 1 << 20;

/** Where in sorted pairs, from an offset on, a key belongs. */
function placeOf(keys: Buffer, key: number, pairs: Buffer, from: number): number {
  let [low, high] = [from / PAIR_BYTES, pairs.length / PAIR_BYTES];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(pairs, middle * PAIR_BYTES, keys, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low * PAIR_BYTES;
}

function compareKeys(one: Buffer, startOfOne: number, other: Buffer, startOfOther: number): number {
  for (let i = 0; i < HASH_BYTES; i++) {
    const difference = (one[startOfOne + i] as number) - (other[startOfOther + i] as number); // within the pairs
    if (difference !== 0) return difference;
  }
  return 0;
}

// No value is known whose hash is zero.
function isRemoval(pairs: Buffer, start: number): boolean {
  for (let i = HASH_BYTES; i < PAIR_BYTES; i++) if (pairs[start + i] !== 0) return false;
  return true;
}
