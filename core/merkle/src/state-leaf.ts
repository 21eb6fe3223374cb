import { sha256, sha256Joined } from "@acta/crypto";

// One leaf at a time: the ASCII of "acta/leaf/v1", then two hashes; 76 bytes, never the 64 of an inner node.
const leafInput = new Uint8Array(76);
leafInput.set([0x61, 0x63, 0x74, 0x61, 0x2f, 0x6c, 0x65, 0x61, 0x66, 0x2f, 0x76, 0x31]);

/** The hash of an empty subtree: 32 zero bytes (FORMATS 5). */
export const emptyHash: Uint8Array = new Uint8Array(32);

/** The hash of a leaf of the state tree: H("acta/leaf/v1" || H(key) || H(value)) (FORMATS 5). */
export function stateLeafHash(keyHash: Uint8Array, valueHash: Uint8Array): Uint8Array {
  leafInput.set(keyHash, 12);
  leafInput.set(valueHash, 44);
  return sha256(leafInput);
}

/** `stateLeafHash` where both hashes stand side by side in 64 bytes. */
export function statePairHash(pair: Uint8Array): Uint8Array {
  leafInput.set(pair, 12);
  return sha256(leafInput);
}

/** The hash of an inner node of the state tree: H(left || right) (FORMATS 5). */
export function stateNodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256Joined(left, right);
}

/** Bit `index` of a key's hash, most significant first: 1 leads to the right. */
export function bitAt(keyHash: Uint8Array, index: number): 0 | 1 {
  const byte = keyHash[index >>> 3] as number; // index is below 256
  return ((byte >>> (7 - (index & 7))) & 1) as 0 | 1; // a single bit
}

/** Where, among sorted keys that agree before this bit, those begin that have it set. */
export function splitAt(keys: readonly Uint8Array[], low: number, high: number, bit: number): number {
  let first = low;
  let last = high;
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (bitAt(keys[middle] as Uint8Array, bit) === 0) first = middle + 1;
    else last = middle;
  }
  return first;
}
