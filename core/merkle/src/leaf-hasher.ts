import { statePairHash } from "./state-leaf.ts";

/**
 * Hashes leaves of the state tree in bulk: n x 64 bytes of `pairs` (key hash || value hash) into n x 32 bytes of
 * `output`, H("acta/leaf/v1" || pair) each.
 *
 * A native one may be injected into a `TreeBuilder`.
 */
export type LeafHasher = { hash(pairs: Uint8Array, output: Uint8Array): void };

/** The hasher without native code of its own: one leaf after another. */
export const pureLeafHasher: LeafHasher = {
  hash(pairs, output) {
    for (let from = 0, to = 0; from < pairs.length; from += 64, to += 32) {
      output.set(statePairHash(pairs.subarray(from, from + 64)), to);
    }
  },
};
