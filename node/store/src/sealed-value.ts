import { newBytes } from "@acta/bytes";
import { sha256 } from "@acta/crypto";

/**
 * A value as it lies on disk: its bytes, then 4 bytes of the key's hash and 4 of its own. LevelDB checks nothing when it
 * reads; this finds a flipped byte in a value, and a value that came under another's key, and names the key.
 */
export function sealValue(key: Uint8Array, value: Uint8Array): Uint8Array {
  return sealHashedValue(sha256(key), sha256(value), value);
}

/** The same for a key and a value whose SHA-256 are known. */
export function sealHashedValue(keyHash: Uint8Array, valueHash: Uint8Array, value: Uint8Array): Uint8Array {
  const sealed = newBytes(value.length + 2 * MARK_BYTES);
  sealed.set(value);
  sealed.set(keyHash.subarray(0, MARK_BYTES), value.length);
  sealed.set(valueHash.subarray(0, MARK_BYTES), value.length + MARK_BYTES);
  return sealed;
}

/** The value's bytes, or undefined where they are not what was sealed under this key. */
export function openValue(key: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  const value = valueIn(sealed);
  return value !== undefined && isSealedWith(sha256(key), sha256(value), sealed) ? value : undefined;
}

/** The value's bytes, not yet checked; undefined where there is no room for a seal. */
export function valueIn(sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 2 * MARK_BYTES) return undefined;
  // A plain Uint8Array, also where LevelDB gave a Buffer.
  return new Uint8Array(sealed.buffer, sealed.byteOffset, sealed.length - 2 * MARK_BYTES);
}

/** Whether the seal is that of a key and a value with these hashes. */
export function isSealedWith(keyHash: Uint8Array, valueHash: Uint8Array, sealed: Uint8Array): boolean {
  const seal = sealed.length - 2 * MARK_BYTES;
  for (let i = 0; i < MARK_BYTES; i++) {
    if (sealed[seal + i] !== keyHash[i] || sealed[seal + MARK_BYTES + i] !== valueHash[i]) return false;
  }
  return true;
}

const MARK_BYTES = 4;
