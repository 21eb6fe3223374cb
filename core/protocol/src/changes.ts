import { type CborValue, encode } from "@acta/bytes";
import { listRoot } from "@acta/merkle";

/** One record that a call left different: its state key's elements, and the hash of its value bytes or null. */
export type Change = readonly [key: readonly CborValue[], valueHash: Uint8Array | null];

/** The leaf of a change. FORMATS §4. */
export function changeLeaf(keyElements: readonly CborValue[], valueHash: Uint8Array | null): Uint8Array {
  return encode([encode(keyElements), valueHash]);
}

/** The root over a call's changes: once per key, in the order of the keys' encoding; H("") where nothing changed. */
export function changesRoot(changes: readonly Change[]): Uint8Array {
  return listRoot(changes.map(([key, valueHash]) => changeLeaf(key, valueHash)));
}
