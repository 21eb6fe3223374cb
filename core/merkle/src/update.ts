import { equalBytes } from "@acta/bytes";
import { emptyNode, type NodeId, type NodePool, newMemory } from "./node-pool.ts";
import type { PairHasher } from "./pair-hasher.ts";
import { bitAt, splitAt } from "./state-leaf.ts";

/** One write: a key's hash and its value's hash, or null where the key is removed. 32 bytes each. */
export type StateChange = readonly [keyHash: Uint8Array, valueHash: Uint8Array | null];

/**
 * One batch of writes, sorted and distinct, on its way through a tree: copies the paths it touches.
 *
 * Adds to the owner's lists the nodes it made and those that the new tree no longer has.
 */
export class Update {
  /** Keys added less keys removed. */
  growth = 0;
  readonly #pool: NodePool;
  readonly #keys: readonly Uint8Array[];
  readonly #values: readonly (Uint8Array | null)[];
  readonly #made: NodeId[];
  readonly #replaced: NodeId[];
  /** New inner nodes by depth: their hashes are missing. */
  readonly #unhashed: NodeId[][] = [];

  constructor(pool: NodePool, sorted: readonly StateChange[], made: NodeId[], replaced: NodeId[]) {
    this.#pool = pool;
    this.#keys = sorted.map(([key]) => key);
    this.#values = sorted.map(([, value]) => value);
    this.#made = made;
    this.#replaced = replaced;
  }

  apply(root: NodeId): NodeId {
    return this.#place(root, 0, 0, this.#keys.length);
  }

  /** Fills in the new inner nodes' hashes, one batch for each depth, the deepest first. */
  hash(hasher: PairHasher): void {
    for (let depth = this.#unhashed.length - 1; depth >= 0; depth--) {
      // No hole: above every new inner node its parent is new, up to the root.
      const nodes = this.#unhashed[depth] as readonly NodeId[];
      const input = newMemory(64 * nodes.length);
      const output = newMemory(32 * nodes.length);
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i] as NodeId; // i is within
        this.#pool.copyHash(this.#pool.left(node), input, 64 * i);
        this.#pool.copyHash(this.#pool.right(node), input, 64 * i + 32);
      }
      hasher.hash(input.bytes, output.bytes);
      for (let i = 0; i < nodes.length; i++) this.#pool.setHash(nodes[i] as NodeId, output, 32 * i);
    }
  }

  /** The subtree at a place after the writes from low to high, all of which belong there. */
  #place(node: NodeId, depth: number, low: number, high: number): NodeId {
    if (low === high) return node;
    if (node < 0) return this.#placeOnLeaf(node, depth, low, high);
    if (node === emptyNode) return this.#build(emptyNode, depth, low, high);
    const left = this.#pool.left(node);
    const right = this.#pool.right(node);
    const middle = splitAt(this.#keys, low, high, depth);
    const newLeft = this.#place(left, depth + 1, low, middle);
    const newRight = this.#place(right, depth + 1, middle, high);
    if (newLeft === left && newRight === right) return node;
    this.#replaced.push(node);
    return this.#join(newLeft, newRight, depth);
  }

  #placeOnLeaf(leaf: NodeId, depth: number, low: number, high: number): NodeId {
    for (let i = low; i < high; i++) {
      if (!this.#pool.isKey(leaf, this.#keys[i] as Uint8Array)) continue;
      const value = this.#values[i];
      if (high - low === 1 && value && equalBytes(value, this.#pool.pair(leaf).subarray(32))) return leaf;
      this.#replaced.push(leaf);
      this.growth--;
      return this.#build(emptyNode, depth, low, high);
    }
    return this.#build(leaf, depth, low, high);
  }

  /** The subtree of the writes from low to high and of one leaf that none of them touches, or the empty node. */
  #build(leaf: NodeId, depth: number, low: number, high: number): NodeId {
    if (low === high) return leaf;
    if (high - low === 1 && this.#values[low] === null) return leaf;
    if (high - low === 1 && leaf === emptyNode) return this.#newLeaf(low);
    const middle = splitAt(this.#keys, low, high, depth);
    const isRight = leaf !== emptyNode && bitAt(this.#pool.pair(leaf), depth) === 1;
    const left = this.#build(isRight ? emptyNode : leaf, depth + 1, low, middle);
    const right = this.#build(isRight ? leaf : emptyNode, depth + 1, middle, high);
    return this.#join(left, right, depth);
  }

  #newLeaf(index: number): NodeId {
    // Callers ask only for a write that is no removal.
    const leaf = this.#pool.newLeaf(this.#keys[index] as Uint8Array, this.#values[index] as Uint8Array);
    this.#made.push(leaf);
    this.growth++;
    return leaf;
  }

  /** The node over two subtrees; a subtree of one key is its leaf, of none is empty. */
  #join(left: NodeId, right: NodeId, depth: number): NodeId {
    if (left === emptyNode && right <= 0) return right;
    if (right === emptyNode && left < 0) return left;
    const node = this.#pool.newInner(left, right);
    this.#made.push(node);
    let level = this.#unhashed[depth];
    if (level === undefined) {
      level = [];
      this.#unhashed[depth] = level;
    }
    level.push(node);
    return node;
  }
}
