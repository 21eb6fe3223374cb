import { createHash, type Hash, hash } from "node:crypto";
import { installSha256 } from "@acta/crypto";

/**
 * Gives @acta/crypto the SHA-256 of this machine's OpenSSL: the same digests as the pure one, several times faster.
 *
 * Call it once, at the entry point of a process or worker, before anything is hashed. Calling it again changes nothing.
 */
export function installNative(): void {
  installSha256({ sha256: nativeSha256, createSha256: () => new NativeSha256() });
}

// The one-shot call spares the hash object: a third faster for inputs below 1 KiB, equal for long ones.
function nativeSha256(bytes: Uint8Array): Uint8Array {
  return view(hash("sha256", bytes, "buffer"));
}

class NativeSha256 {
  readonly #hash: Hash = createHash("sha256");

  update(bytes: Uint8Array): this {
    this.#hash.update(bytes);
    return this;
  }

  digest(): Uint8Array {
    return view(this.#hash.digest());
  }
}

// A plain Uint8Array over the same memory: a Buffer would change the meaning of slice() for its readers.
function view(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
