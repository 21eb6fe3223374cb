import { MerkleError, type StateTree, TreeBuilder } from "@acta/merkle";
import { leafHasher, pairHasher } from "@acta/native";
import { damaged } from "./errors.ts";

/** Makes a state tree of many keys, given one by one in any order. */
export class TreeLoader {
  readonly #builder = new TreeBuilder({ pairs: pairHasher, leaves: leafHasher });
  readonly #piece = new Uint8Array(PAIR_BYTES * KEYS_AT_ONCE);
  #used = 0;

  add(keyHash: Uint8Array, valueHash: Uint8Array): void {
    this.#piece.set(keyHash, this.#used);
    this.#piece.set(valueHash, this.#used + PAIR_BYTES / 2);
    this.#used += PAIR_BYTES;
    if (this.#used === this.#piece.length) this.#flush();
  }

  /** The tree of all that was added. Throws StoreError `damaged` where a key came twice. */
  finish(): StateTree {
    this.#flush();
    try {
      return this.#builder.finish();
    } catch (error) {
      if (error instanceof MerkleError) throw damaged("state", "the database gives a key twice", error);
      throw error;
    }
  }

  #flush(): void {
    this.#builder.add(this.#piece.subarray(0, this.#used));
    this.#used = 0;
  }
}

const PAIR_BYTES = 64;
const KEYS_AT_ONCE = 2 ** 14;
