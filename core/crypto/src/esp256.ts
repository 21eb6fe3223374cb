import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "./sha256.ts";

/**
 * ESP256 (ECDSA over P-256 with SHA-256) for holders of a 32-byte secret: keys of 33 bytes compressed, signatures
 * r || s of 64 bytes with s <= n/2, made without randomness (RFC 6979).
 */
export const esp256 = {
  publicKey: (secret: Uint8Array): Uint8Array => p256.getPublicKey(secret, true),
  sign: (secret: Uint8Array, message: Uint8Array): Uint8Array =>
    p256.sign(sha256(message), secret, { prehash: false, lowS: true, format: "compact", extraEntropy: false }),
} as const;

/** The one rule of ESP256 (FORMATS 2): compressed key, 64 bytes, s <= n/2. May throw where the key is no point. */
export function verifyEsp256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  // The length alone tells a compressed point: 02 or 03, then x.
  if (publicKey.length !== 33 || signature.length !== 64) return false;
  return p256.verify(signature, sha256(message), publicKey, { prehash: false, lowS: true, format: "compact" });
}
