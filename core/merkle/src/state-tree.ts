import { compareBytes, equalBytes } from "@acta/bytes";
import { MerkleError } from "./errors.ts";
import { orderOf } from "./key-order.ts";
import { emptyNode, type NodeId, NodePool } from "./node-pool.ts";
import { type PairHasher, purePairHasher } from "./pair-hasher.ts";
import { type ProofPath, Prover } from "./prover.ts";
import { bitAt } from "./state-leaf.ts";
import { type StateChange, Update } from "./update.ts";

/**
 * The state tree: a compact sparse Merkle tree over H(key), where a subtree of one key is its leaf (FORMATS 5).
 *
 * `update` stages writes beside the committed tree by copying the paths they touch; `commit` makes them the tree,
 * `rollback` forgets them, and both give back the nodes that no tree needs. `root`, `size`, `valueHash` and `prove`
 * speak of the committed tree. Costs about 122 bytes a key, and log2(size) hashes for each key written.
 */
export class StateTree {
  readonly #pool: NodePool;
  readonly #hasher: PairHasher;
  #committed: Version;
  #staged: Version;
  /** Nodes made since the last commit, and nodes that were replaced since: one of both lists is freed at its end. */
  #made: NodeId[] = [];
  #replaced: NodeId[] = [];

  private constructor(pool: NodePool, version: Version, hasher: PairHasher) {
    this.#pool = pool;
    this.#hasher = hasher;
    this.#committed = version;
    this.#staged = version;
  }

  /** A tree without keys. The hasher of inner nodes may be a native one. */
  static empty(pairHasher: PairHasher = purePairHasher): StateTree {
    return new StateTree(new NodePool(), { node: emptyNode, size: 0 }, pairHasher);
  }

  /** The tree over nodes that a `TreeBuilder` made. */
  static over(pool: NodePool, version: Version, pairHasher: PairHasher): StateTree {
    return new StateTree(pool, version, pairHasher);
  }

  /** The committed root; 32 zero bytes of the empty tree. */
  get root(): Uint8Array {
    return this.#pool.hash(this.#committed.node);
  }

  /** The root with all staged writes: the committed one where nothing is staged. */
  get stagedRoot(): Uint8Array {
    return this.#pool.hash(this.#staged.node);
  }

  /** The number of keys of the committed tree. */
  get size(): number {
    return this.#committed.size;
  }

  /** The committed hash of a key's value, or undefined where the tree does not have the key. */
  valueHash(keyHash: Uint8Array): Uint8Array | undefined {
    const leaf = this.#find(keyHash);
    return leaf === emptyNode ? undefined : this.#pool.pair(leaf).slice(32);
  }

  /**
   * Stages writes on top of what is staged already and returns the root with them, each key once and in any order.
   *
   * Removing an absent key changes nothing. Throws MerkleError "duplicate-key" or "wrong-length", and stages nothing.
   */
  update(changes: readonly StateChange[]): Uint8Array {
    const sorted = sortChanges(changes);
    const update = new Update(this.#pool, sorted, this.#made, this.#replaced);
    const node = update.apply(this.#staged.node);
    update.hash(this.#hasher);
    this.#staged = { node, size: this.#staged.size + update.growth };
    return this.stagedRoot;
  }

  /** Makes the staged writes part of the tree; nothing happens where none are staged. */
  commit(): void {
    this.#committed = this.#staged;
    this.#free(this.#replaced);
  }

  /** Forgets the staged writes; nothing happens where none are staged. */
  rollback(): void {
    this.#staged = this.#committed;
    this.#free(this.#made);
  }

  /** The proof of presence or absence of the keys in the committed tree, one or more, in any order (FORMATS 5). */
  prove(keyHashes: readonly Uint8Array[]): ProofPath {
    const asked = distinct(keyHashes);
    if (asked.length === 0) throw new MerkleError("proof-empty", "A proof asks for at least one key.");
    return new Prover(this.#pool, asked).prove(this.#committed.node);
  }

  /** All committed keys' hashes with their values' hashes, in the order of the keys' hashes. No commit in between. */
  *pairs(): Generator<[keyHash: Uint8Array, valueHash: Uint8Array]> {
    const waiting: NodeId[] = [this.#committed.node];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node > 0) waiting.push(this.#pool.right(node), this.#pool.left(node));
      if (node >= 0) continue;
      const pair = this.#pool.pair(node);
      yield [pair.slice(0, 32), pair.slice(32)];
    }
  }

  #find(keyHash: Uint8Array): NodeId {
    assertHash(keyHash);
    let node = this.#committed.node;
    for (let depth = 0; node > 0; depth++) {
      node = bitAt(keyHash, depth) === 0 ? this.#pool.left(node) : this.#pool.right(node);
    }
    return node < 0 && this.#pool.isKey(node, keyHash) ? node : emptyNode;
  }

  #free(nodes: readonly NodeId[]): void {
    for (const node of nodes) this.#pool.free(node);
    this.#made = [];
    this.#replaced = [];
  }
}

/** A tree in the pool: its root and its number of keys. */
type Version = { readonly node: NodeId; readonly size: number };

function sortChanges(changes: readonly StateChange[]): StateChange[] {
  for (const [key, value] of changes) {
    assertHash(key);
    if (value !== null) assertHash(value);
  }
  const keyAt = (index: number): Uint8Array => (changes[index] as StateChange)[0]; // asked for indices within
  const order = orderOf({
    count: changes.length,
    prefix: (index) => prefixOf(keyAt(index)),
    compare: (one, other) => compareBytes(keyAt(one), keyAt(other)),
  });
  const sorted = Array.from(order, (index) => changes[index] as StateChange);
  for (let i = 1; i < sorted.length; i++) {
    const [key] = sorted[i] as StateChange; // i is within
    const previous = sorted[i - 1];
    if (previous !== undefined && equalBytes(previous[0], key)) {
      throw new MerkleError("duplicate-key", "One batch of writes holds the same key twice.");
    }
  }
  return sorted;
}

function prefixOf(hash: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = hash;
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}

function distinct(keyHashes: readonly Uint8Array[]): Uint8Array[] {
  for (const keyHash of keyHashes) assertHash(keyHash);
  const sorted = keyHashes.toSorted(compareBytes);
  return sorted.filter((key, i) => i === 0 || !equalBytes(key, sorted[i - 1] as Uint8Array));
}

function assertHash(bytes: Uint8Array): void {
  if (bytes.length !== 32) throw new MerkleError("wrong-length", `A hash has 32 bytes, not ${bytes.length}.`);
}
