import { statePairHash } from "./state-leaf.ts";

/** A node's number: 0 the empty subtree, positive an inner node, negative a leaf. */
export type NodeId = number;

/** The number of the empty subtree. */
export const emptyNode: NodeId = 0;

/** The same memory as bytes and as words, which are quicker to copy. Their order in a word does not matter for that. */
export type Memory = { readonly bytes: Uint8Array; readonly words: Int32Array };

/** New memory of that many bytes, a multiple of four, all zero. */
export function newMemory(size: number): Memory {
  const buffer = new ArrayBuffer(size);
  return { bytes: new Uint8Array(buffer), words: new Int32Array(buffer) };
}

/**
 * The nodes of a state tree in flat arrays: 64 bytes for a leaf (key hash, value hash), 40 for an inner node (two
 * numbers, its hash); with random keys about 122 bytes for each key of the tree.
 *
 * Grows by slabs that never move. Freed numbers are given out again. A node's number must be one that was given out.
 */
export class NodePool {
  readonly #leaves = new Slabs(leafWords);
  readonly #inner = new Slabs(innerWords);

  newLeaf(keyHash: Uint8Array, valueHash: Uint8Array): NodeId {
    const index = this.#leaves.take();
    const { bytes } = this.#leaves.slab(index);
    const start = 4 * this.#leaves.start(index);
    bytes.set(keyHash, start);
    bytes.set(valueHash, start + 32);
    return -1 - index;
  }

  /** Many new leaves, their pairs one behind the other. In a pool that freed none they are numbered on. */
  newLeaves(pairs: Uint8Array): void {
    for (let from = 0; from < pairs.length; ) {
      const [index, count] = this.#leaves.takeRow((pairs.length - from) / 64);
      const part = pairs.subarray(from, from + 64 * count);
      this.#leaves.slab(index).bytes.set(part, 4 * this.#leaves.start(index));
      from += part.length;
    }
  }

  /** An inner node whose hash is still to be set. */
  newInner(left: NodeId, right: NodeId): NodeId {
    const index = this.#inner.take();
    const { words } = this.#inner.slab(index);
    const start = this.#inner.start(index);
    words[start] = left;
    words[start + 1] = right;
    return 1 + index;
  }

  free(node: NodeId): void {
    if (node < 0) this.#leaves.give(-1 - node);
    else if (node > 0) this.#inner.give(node - 1);
  }

  left(inner: NodeId): NodeId {
    return this.#inner.slab(inner - 1).words[this.#inner.start(inner - 1)] as number;
  }

  right(inner: NodeId): NodeId {
    return this.#inner.slab(inner - 1).words[this.#inner.start(inner - 1) + 1] as number;
  }

  /** A leaf's key hash and value hash, 64 bytes: a view that is valid until the leaf is freed. */
  pair(leaf: NodeId): Uint8Array {
    const start = 4 * this.#leaves.start(-1 - leaf);
    return this.#leaves.slab(-1 - leaf).bytes.subarray(start, start + 64);
  }

  /** Whether the leaf is that key's. */
  isKey(leaf: NodeId, keyHash: Uint8Array): boolean {
    const { bytes } = this.#leaves.slab(-1 - leaf);
    const start = 4 * this.#leaves.start(-1 - leaf);
    for (let i = 0; i < 32; i++) if (bytes[start + i] !== keyHash[i]) return false;
    return true;
  }

  /** The order of two leaves by their keys' hashes: negative, 0 or positive. */
  compareKeys(a: NodeId, b: NodeId): number {
    const [bytesOfA, bytesOfB] = [this.#leaves.slab(-1 - a).bytes, this.#leaves.slab(-1 - b).bytes];
    const [startOfA, startOfB] = [4 * this.#leaves.start(-1 - a), 4 * this.#leaves.start(-1 - b)];
    for (let i = 0; i < 32; i++) {
      const difference = (bytesOfA[startOfA + i] as number) - (bytesOfB[startOfB + i] as number); // within the leaves
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** The first four bytes of a leaf's key hash as a number. */
  keyPrefix(leaf: NodeId): number {
    const { bytes } = this.#leaves.slab(-1 - leaf);
    const start = 4 * this.#leaves.start(-1 - leaf);
    let prefix = 0;
    for (let i = 0; i < 4; i++) prefix = prefix * 256 + (bytes[start + i] as number); // within the leaf
    return prefix;
  }

  /** Bit `index` of a leaf's key hash, most significant first. */
  keyBit(leaf: NodeId, index: number): 0 | 1 {
    const byte = this.#leaves.slab(-1 - leaf).bytes[4 * this.#leaves.start(-1 - leaf) + (index >>> 3)] as number;
    return ((byte >>> (7 - (index & 7))) & 1) as 0 | 1; // a single bit
  }

  /** Puts a leaf's pair at a place of memory. */
  copyPair(leaf: NodeId, target: Memory, offset: number): void {
    const { words } = this.#leaves.slab(-1 - leaf);
    const start = this.#leaves.start(-1 - leaf);
    const to = offset / 4;
    for (let i = 0; i < leafWords; i++) target.words[to + i] = words[start + i] as number; // within the leaf
  }

  /** Any node's hash, in an array of its own. */
  hash(node: NodeId): Uint8Array {
    const hash = newMemory(32);
    this.copyHash(node, hash, 0);
    return hash.bytes;
  }

  /** Puts any node's hash at a place of zeroed memory. A leaf's is computed: keeping it would cost 32 bytes each. */
  copyHash(node: NodeId, target: Memory, offset: number): void {
    if (node > 0) this.#copyInnerHash(node, target.words, offset / 4);
    else if (node < 0) target.bytes.set(statePairHash(this.pair(node)), offset);
  }

  /** Takes an inner node's hash from a place of memory. */
  setHash(inner: NodeId, source: Memory, offset: number): void {
    const { words } = this.#inner.slab(inner - 1);
    const start = this.#inner.start(inner - 1) + 2;
    const from = offset / 4;
    for (let i = 0; i < 8; i++) words[start + i] = source.words[from + i] as number; // the caller's memory has 32 bytes
  }

  #copyInnerHash(inner: NodeId, target: Int32Array, offset: number): void {
    const { words } = this.#inner.slab(inner - 1);
    const start = this.#inner.start(inner - 1) + 2;
    for (let i = 0; i < 8; i++) target[offset + i] = words[start + i] as number; // within the node
  }
}

const leafWords = 16;
const innerWords = 10;

// 65,536 nodes at once: 2.5 or 4 MiB.
const slabBits = 16;
const slabNodes = 1 << slabBits;
const slabMask = slabNodes - 1;

/** Equal pieces of memory by number. */
class Slabs {
  readonly #width: number;
  readonly #slabs: Memory[] = [];
  readonly #free: number[] = [];
  #next = 0;

  constructor(width: number) {
    this.#width = width;
  }

  take(): number {
    const freed = this.#free.pop();
    if (freed !== undefined) return freed;
    if (this.#next === this.#slabs.length * slabNodes) this.#slabs.push(newMemory(4 * slabNodes * this.#width));
    return this.#next++;
  }

  /** Pieces that lie in a row, at most so many: the first one's number, and how many. */
  takeRow(most: number): [first: number, count: number] {
    const first = this.take();
    const count = Math.min(most, this.#next === first + 1 ? slabNodes - (first & slabMask) : 1);
    this.#next = Math.max(this.#next, first + count);
    return [first, count];
  }

  give(index: number): void {
    this.#free.push(index);
  }

  slab(index: number): Memory {
    return this.#slabs[index >>> slabBits] as Memory; // given out by `take`
  }

  /** Where a piece begins in its slab, in words. */
  start(index: number): number {
    return (index & slabMask) * this.#width;
  }
}
