import { stateLeafHash } from "./state-leaf.ts";

/** A node's number: 0 the empty subtree, positive an inner node, negative a leaf. */
export type NodeId = number;

/** The number of the empty subtree. */
export const emptyNode: NodeId = 0;

/**
 * The nodes of a state tree in flat arrays: 64 bytes for a leaf (two hashes), 40 for an inner node (its hash and two
 * numbers); with random keys about 122 bytes for each key of the tree.
 *
 * Grows by slabs that never move. Freed numbers are given out again.
 */
export class NodePool {
  readonly #leaves = new Slabs(64);
  readonly #hashes = new Slabs(32);
  readonly #children: Int32Array[] = [];

  newLeaf(keyHash: Uint8Array, valueHash: Uint8Array): NodeId {
    const index = this.#leaves.take();
    const bytes = this.#leaves.at(index);
    bytes.set(keyHash);
    bytes.set(valueHash, 32);
    return -1 - index;
  }

  newInner(left: NodeId, right: NodeId): NodeId {
    const index = this.#hashes.take();
    const slab = index >>> slabBits;
    if (slab === this.#children.length) this.#children.push(new Int32Array(2 * slabNodes));
    const children = this.#children[slab] as Int32Array; // just made where it was missing
    const place = 2 * (index & slabMask);
    children[place] = left;
    children[place + 1] = right;
    return 1 + index;
  }

  free(node: NodeId): void {
    if (node < 0) this.#leaves.give(-1 - node);
    else if (node > 0) this.#hashes.give(node - 1);
  }

  left(inner: NodeId): NodeId {
    return (this.#children[(inner - 1) >>> slabBits] as Int32Array)[2 * ((inner - 1) & slabMask)] as number;
  }

  right(inner: NodeId): NodeId {
    return (this.#children[(inner - 1) >>> slabBits] as Int32Array)[2 * ((inner - 1) & slabMask) + 1] as number;
  }

  /** A view of a leaf's key hash: valid until the leaf is freed. */
  keyHash(leaf: NodeId): Uint8Array {
    return this.#leaves.at(-1 - leaf, 0, 32);
  }

  /** A view of a leaf's value hash: valid until the leaf is freed. */
  valueHash(leaf: NodeId): Uint8Array {
    return this.#leaves.at(-1 - leaf, 32, 64);
  }

  /** A view of an inner node's hash, to be read or filled. */
  innerHash(inner: NodeId): Uint8Array {
    return this.#hashes.at(inner - 1);
  }

  /** Puts any node's hash at a place of the target. A leaf's is computed: keeping it would cost 32 bytes each. */
  copyHash(node: NodeId, target: Uint8Array, offset: number): void {
    if (node > 0) target.set(this.innerHash(node), offset);
    else if (node < 0) target.set(stateLeafHash(this.keyHash(node), this.valueHash(node)), offset);
    else target.fill(0, offset, offset + 32);
  }
}

// 65,536 nodes at once: 2 to 4 MiB.
const slabBits = 16;
const slabNodes = 1 << slabBits;
const slabMask = slabNodes - 1;

/** Equal pieces of memory by number. */
class Slabs {
  readonly #width: number;
  readonly #slabs: Uint8Array[] = [];
  readonly #free: number[] = [];
  #next = 0;

  constructor(width: number) {
    this.#width = width;
  }

  take(): number {
    const freed = this.#free.pop();
    if (freed !== undefined) return freed;
    if (this.#next === this.#slabs.length << slabBits) this.#slabs.push(new Uint8Array(slabNodes * this.#width));
    return this.#next++;
  }

  give(index: number): void {
    this.#free.push(index);
  }

  at(index: number, from = 0, to = this.#width): Uint8Array {
    const start = (index & slabMask) * this.#width;
    return (this.#slabs[index >>> slabBits] as Uint8Array).subarray(start + from, start + to); // taken before
  }
}
