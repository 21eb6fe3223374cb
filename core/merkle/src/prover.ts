import { joinHashes } from "./list.ts";
import { emptyNode, type NodeId, type NodePool } from "./node-pool.ts";
import { BitWriter } from "./shape.ts";
import { splitAt } from "./state-leaf.ts";

/** The part of a tree proof that the tree knows; keys and values come from whoever holds them (FORMATS 5). */
export type ProofPath = {
  readonly shape: Uint8Array;
  readonly hashes: Uint8Array;
  readonly foreign: readonly (readonly [keyHash: Uint8Array, valueHash: Uint8Array])[];
};

/** One walk through a tree, depth first and left first, that writes down the proof of sorted, distinct keys. */
export class Prover {
  readonly #pool: NodePool;
  readonly #asked: readonly Uint8Array[];
  readonly #shape = new BitWriter();
  readonly #hashes: Uint8Array[] = [];
  readonly #foreign: [Uint8Array, Uint8Array][] = [];

  constructor(pool: NodePool, asked: readonly Uint8Array[]) {
    this.#pool = pool;
    this.#asked = asked;
  }

  prove(root: NodeId): ProofPath {
    this.#walk(root, 0, 0, this.#asked.length);
    return { shape: this.#shape.bytes(), hashes: joinHashes(this.#hashes), foreign: this.#foreign };
  }

  #walk(node: NodeId, depth: number, low: number, high: number): void {
    if (low === high) this.#skip(node);
    else if (node === emptyNode) this.#shape.write(0, 0);
    else if (node < 0) this.#showLeaf(node, low, high);
    else {
      this.#shape.write(1, 0);
      const middle = splitAt(this.#asked, low, high, depth);
      this.#walk(this.#pool.left(node), depth + 1, low, middle);
      this.#walk(this.#pool.right(node), depth + 1, middle, high);
    }
  }

  #skip(node: NodeId): void {
    this.#shape.write(node === emptyNode ? 0 : 1);
    if (node !== emptyNode) this.#hashes.push(this.#pool.hash(node));
  }

  #showLeaf(leaf: NodeId, low: number, high: number): void {
    this.#shape.write(0, 1);
    for (let i = low; i < high; i++) if (this.#pool.isKey(leaf, this.#asked[i] as Uint8Array)) return;
    const pair = this.#pool.pair(leaf);
    this.#foreign.push([pair.slice(0, 32), pair.slice(32)]);
  }
}
