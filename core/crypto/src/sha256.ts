import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

/** A SHA-256 over bytes that come in pieces. `digest` is called once, last. */
export type Sha256Stream = { update(bytes: Uint8Array): Sha256Stream; digest(): Uint8Array };

/** An implementation of SHA-256 (FIPS 180-4): at once, and in pieces. */
export type Sha256 = { sha256(bytes: Uint8Array): Uint8Array; createSha256(): Sha256Stream };

const pure: Sha256 = { sha256: (bytes) => nobleSha256(bytes), createSha256: () => nobleSha256.create() };

let installed: Sha256 = pure;

/** The 32 bytes of SHA-256 of the bytes: H of FORMATS. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return installed.sha256(bytes);
}

/** SHA-256 of the parts one behind the other. Costs no memory but the digest's: short inputs are joined in a place of their own. */
export function sha256Joined(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = length <= joined.length ? joined.subarray(0, length) : new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return sha256(whole);
}

// Hashing is synchronous, so that one place serves all.
const joined = new Uint8Array(4096);

/** A SHA-256 to be fed piece by piece. */
export function createSha256(): Sha256Stream {
  return installed.createSha256();
}

/**
 * Lets another implementation, a native one, do the hashing of this whole process; undefined brings back the pure one.
 *
 * It must give the same digests: its owner runs it against the same vectors.
 */
export function installSha256(implementation: Sha256 | undefined): void {
  installed = implementation ?? pure;
}
