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
