import { createHash, type Hash, hash } from "node:crypto";
import { newBytes } from "@acta/bytes";
import { installSha256 } from "@acta/crypto";

/**
 * Gives @acta/crypto the SHA-256 of this machine's OpenSSL: the same digests as the pure one, several times faster.
 *
 * Call it once, at the entry point of a process or worker, before anything is hashed. Calling it again changes nothing.
 */
export function installNative(): void {
  installSha256({ sha256: nativeSha256, createSha256: () => new NativeSha256() });
}

// One call, and a digest that comes as text: 0.3 µs for short inputs, where a Buffer for it would cost another 0.5 µs,
// and a hash object 0.7 µs more (Node 24, Linux x64, November 2026).
function nativeSha256(bytes: Uint8Array): Uint8Array {
  const digest = hash("sha256", bytes, "binary");
  const plain = newBytes(DIGEST_BYTES);
  for (let i = 0; i < DIGEST_BYTES; i++) plain[i] = digest.charCodeAt(i);
  return plain;
}

const DIGEST_BYTES = 32;

class NativeSha256 {
  readonly #hash: Hash = createHash("sha256");

  update(bytes: Uint8Array): this {
    this.#hash.update(bytes);
    return this;
  }

  digest(): Uint8Array {
    // A plain Uint8Array over the same memory: a Buffer's slice() would mean something else to its readers.
    const digest = this.#hash.digest();
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
  }
}
