import { sha256 } from "@acta/crypto";

/**
 * Hashes pairs in bulk: n x 64 bytes of `input` (left || right) into n x 32 bytes of `output`, SHA-256 each.
 *
 * A native one may be injected into a `StateTree`.
 */
export type PairHasher = { hash(input: Uint8Array, output: Uint8Array): void };

/** The hasher without native code: one SHA-256 after another. */
export const purePairHasher: PairHasher = {
  hash(input, output) {
    for (let from = 0, to = 0; from < input.length; from += 64, to += 32) {
      output.set(sha256(input.subarray(from, from + 64)), to);
    }
  },
};
