import { type StateChange, StateTree } from "@acta/merkle";
import { pairHasher } from "@acta/native";

/** Makes a state tree of many keys, given one by one in any order. */
export class TreeLoader {
  readonly #tree = StateTree.empty(pairHasher);
  #changes: StateChange[] = [];

  add(keyHash: Uint8Array, valueHash: Uint8Array): void {
    this.#changes.push([keyHash, valueHash]);
    if (this.#changes.length === KEYS_AT_ONCE) this.#flush();
  }

  /** The tree of all that was added. */
  finish(): StateTree {
    this.#flush();
    return this.#tree;
  }

  #flush(): void {
    this.#tree.update(nearlySorted(this.#changes));
    this.#tree.commit();
    this.#changes = [];
  }
}

// Large updates copy fewer paths, small ones keep less in memory. A power of two that leaves a double room for a prefix.
const KEYS_AT_ONCE = 2 ** 16;

/**
 * The changes by the first four bytes of their keys' hashes. The tree sorts them again, which costs little then: comparing
 * byte by byte what is in no order would take longer than all hashing.
 */
function nearlySorted(changes: readonly StateChange[]): StateChange[] {
  const places = new Float64Array(changes.length);
  for (const [index, [keyHash]] of changes.entries()) places[index] = prefixOf(keyHash) * KEYS_AT_ONCE + index;
  places.sort();
  return Array.from(places, (place) => changes[place % KEYS_AT_ONCE] as StateChange); // an index, put in above
}

function prefixOf(hash: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = hash;
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}
