import { MerkleError } from "./errors.ts";
import { isInOrder, type Keys, orderOf } from "./key-order.ts";
import type { NodeId, NodePool } from "./node-pool.ts";

/** The first leaves of a pool, as many as `size`, in the order of their keys. Throws MerkleError "duplicate-key". */
export function sortedLeaves(pool: NodePool, size: number): Int32Array {
  const keys: Keys = {
    count: size,
    prefix: (index) => pool.keyPrefix(leafAt(index)),
    compare: (one, other) => pool.compareKeys(leafAt(one), leafAt(other)),
  };
  const order = orderOf(keys);
  if (!isInOrder(keys, order)) {
    throw new MerkleError("duplicate-key", "A tree was to be made of keys of which two are the same.");
  }
  for (let i = 0; i < size; i++) order[i] = leafAt(order[i] as number); // i is within
  return order;
}

// Leaves of a new pool are numbered downwards from -1.
const leafAt = (index: number): NodeId => -1 - index;
