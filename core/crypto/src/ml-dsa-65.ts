import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";

/**
 * ML-DSA-65 with empty context (FIPS 204) for holders of the 32-byte seed, made without randomness.
 *
 * Each call expands the seed anew, some milliseconds: who signs often keeps `expand`.
 */
export const mlDsa65 = {
  expand: (seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } => ml_dsa65.keygen(seed),
  publicKey: (seed: Uint8Array): Uint8Array => ml_dsa65.keygen(seed).publicKey,
  sign: (seed: Uint8Array, message: Uint8Array): Uint8Array =>
    ml_dsa65.sign(message, ml_dsa65.keygen(seed).secretKey, { extraEntropy: false }),
} as const;

/** FIPS 204, algorithm 3 with empty context. May throw where a length is wrong. */
export function verifyMlDsa65(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return ml_dsa65.verify(signature, message, publicKey);
}
