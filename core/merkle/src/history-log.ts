import { sha256 } from "@acta/crypto";
import { MerkleError } from "./errors.ts";
import { joinHashes, leafHash, nodeHash } from "./list.ts";
import { completeWidths, heightOf, isPowerOfTwo, largestPowerBelow } from "./width.ts";

/** What suffices to append to a log: its size, and the roots of its complete subtrees, the largest first. */
export type Edge = { readonly size: number; readonly hashes: Uint8Array };

/**
 * The history log: an append-only RFC 9162 tree that gives roots and paths of every size it ever had, back to the edge
 * it was made from.
 *
 * Keeps all complete subtrees, 64 bytes for each entry. Cost: append one hash on average beside the leaf's, a root or
 * path O(log size).
 */
export class HistoryLog {
  readonly #levels: Level[] = [];
  #size = 0;

  private constructor() {}

  static empty(): HistoryLog {
    return new HistoryLog();
  }

  /**
   * A log with these leaf hashes, or one that goes on from an edge and keeps nothing before it. Throws MerkleError
   * "wrong-edge" where the hashes do not suit the size.
   */
  static from(source: readonly Uint8Array[] | Edge): HistoryLog {
    const log = new HistoryLog();
    if ("size" in source) log.#startAt(source);
    else for (const hash of source) log.appendHash(hash);
    return log;
  }

  /** The number of entries. */
  get size(): number {
    return this.#size;
  }

  /** Appends an entry, given as raw leaf bytes. */
  append(entry: Uint8Array): void {
    this.appendHash(leafHash(entry));
  }

  /** Appends an entry, given as its leaf hash. */
  appendHash(hash: Uint8Array): void {
    if (hash.length !== 32) throw new MerkleError("wrong-length", "A leaf hash has 32 bytes.");
    let node = hash;
    let position = this.#size++;
    for (let height = 0; ; height++) {
      this.#level(height, position).push(node);
      if (position % 2 === 0) return;
      node = nodeHash(this.#node(height, position - 1), node);
      position = (position - 1) / 2;
    }
  }

  /** The leaf hashes of all entries from a position on, 32 bytes each. Throws MerkleError "not-kept". */
  leafHashes(from = 0): Uint8Array {
    if (this.#size === from) return new Uint8Array(0);
    this.#node(0, from);
    return this.#level(0, from).from(from);
  }

  /** The root at a size, by default the newest; H("") of none. Throws MerkleError "no-such-size" or "not-kept". */
  root(size: number = this.#size): Uint8Array {
    this.#assertSize(size);
    return size === 0 ? sha256(new Uint8Array(0)) : this.#rangeRoot(0, size);
  }

  /** The path of an entry in the log of a size (RFC 9162, 2.1.3.1). Throws MerkleError. */
  path(index: number, size: number): Uint8Array {
    this.#assertSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new MerkleError("out-of-range", `Entry ${index} is not in a log of size ${size}.`);
    }
    const siblings: Uint8Array[] = [];
    let position = index;
    for (let last = size - 1, width = 1; last > 0; last = Math.floor(last / 2), width *= 2) {
      const sibling = position % 2 === 1 ? position - 1 : position + 1;
      if (sibling <= last) siblings.push(this.#rangeRoot(sibling * width, Math.min((sibling + 1) * width, size)));
      position = Math.floor(position / 2);
    }
    return joinHashes(siblings);
  }

  /** The proof that the log of `size` begins as that of `earlierSize`, 1 or more (RFC 9162, 2.1.4.1). Throws MerkleError. */
  consistency(earlierSize: number, size: number): Uint8Array {
    this.#assertSize(size);
    if (!Number.isSafeInteger(earlierSize) || earlierSize < 1 || earlierSize > size) {
      throw new MerkleError("no-such-size", `A log of size ${size} has no proof for the size ${earlierSize}.`);
    }
    return joinHashes(this.#subproof(earlierSize, 0, size, true));
  }

  /** The right edge at the newest size. */
  edge(): Edge {
    const hashes: Uint8Array[] = [];
    let start = 0;
    for (const width of completeWidths(this.#size)) {
      hashes.push(this.#rangeRoot(start, start + width));
      start += width;
    }
    return { size: this.#size, hashes: joinHashes(hashes) };
  }

  /** SUBPROOF of RFC 9162, 2.1.4.1 over the entries from start to end. */
  #subproof(earlier: number, start: number, end: number, isWhole: boolean): Uint8Array[] {
    const size = end - start;
    if (earlier === size) return isWhole ? [] : [this.#rangeRoot(start, end)];
    const split = largestPowerBelow(size);
    if (earlier <= split) {
      return [...this.#subproof(earlier, start, start + split, isWhole), this.#rangeRoot(start + split, end)];
    }
    const right = this.#subproof(earlier - split, start + split, end, false);
    return [...right, this.#rangeRoot(start, start + split)];
  }

  /** The root over entries from start to end, which RFC 9162 cuts into complete subtrees that are kept. */
  #rangeRoot(start: number, end: number): Uint8Array {
    const size = end - start;
    if (isPowerOfTwo(size)) return this.#node(heightOf(size), start / size);
    const split = largestPowerBelow(size);
    return nodeHash(this.#rangeRoot(start, start + split), this.#rangeRoot(start + split, end));
  }

  #node(height: number, position: number): Uint8Array {
    const hash = this.#levels[height]?.get(position);
    if (hash !== undefined) return hash;
    throw new MerkleError("not-kept", "This log was continued from an edge and keeps nothing before it.");
  }

  #level(height: number, firstPosition: number): Level {
    let level = this.#levels[height];
    if (level === undefined) {
      level = new Level(firstPosition);
      this.#levels[height] = level;
    }
    return level;
  }

  #startAt({ size, hashes }: Edge): void {
    const widths = Number.isSafeInteger(size) && size >= 0 ? completeWidths(size) : undefined;
    if (widths === undefined || hashes.length !== 32 * widths.length) {
      throw new MerkleError("wrong-edge", `The edge of a log of size ${size} does not have ${hashes.length} bytes.`);
    }
    this.#size = size;
    let start = 0;
    for (let i = 0; i < widths.length; i++) {
      const width = widths[i] as number; // i is within
      this.#level(heightOf(width), start / width).push(hashes.subarray(32 * i, 32 * i + 32));
      start += width;
    }
  }

  #assertSize(size: number): void {
    if (Number.isSafeInteger(size) && size >= 0 && size <= this.#size) return;
    throw new MerkleError("no-such-size", `This log of size ${this.#size} never had the size ${size}.`);
  }
}

/** The complete subtrees' roots of one height, in one growing array, from the first position that is kept. */
class Level {
  readonly #first: number;
  #count = 0;
  #hashes = new Uint8Array(32);

  constructor(first: number) {
    this.#first = first;
  }

  push(hash: Uint8Array): void {
    if (32 * this.#count === this.#hashes.length) {
      const larger = new Uint8Array(2 * this.#hashes.length);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes.set(hash, 32 * this.#count++);
  }

  /** All hashes from a position on that is kept. */
  from(position: number): Uint8Array {
    return this.#hashes.slice(32 * (position - this.#first), 32 * this.#count);
  }

  get(position: number): Uint8Array | undefined {
    const index = position - this.#first;
    return index < 0 || index >= this.#count ? undefined : this.#hashes.slice(32 * index, 32 * index + 32);
  }
}
