import { concatBytes, toHex, utf8Encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";

/** MTH of RFC 9162, 2.1.1, word for word. */
export function naiveListRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return sha256(concatBytes(Uint8Array.of(0), only));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const left = naiveListRoot(leaves.slice(0, split));
  return sha256(concatBytes(Uint8Array.of(1), left, naiveListRoot(leaves.slice(split))));
}

/** The root of the state tree as FORMATS 5 says it, from all pairs of H(key) and H(value). */
export function naiveStateRoot(pairs: readonly (readonly [Uint8Array, Uint8Array])[], depth = 0): Uint8Array {
  const [only] = pairs;
  if (only === undefined) return new Uint8Array(32);
  if (pairs.length === 1) return sha256(concatBytes(utf8Encode("acta/leaf/v1"), ...only));
  const bit = (keyHash: Uint8Array) => ((keyHash[depth >> 3] as number) >> (7 - (depth % 8))) & 1;
  const left = pairs.filter(([keyHash]) => bit(keyHash) === 0);
  const right = pairs.filter(([keyHash]) => bit(keyHash) === 1);
  return sha256(concatBytes(naiveStateRoot(left, depth + 1), naiveStateRoot(right, depth + 1)));
}

/** A state by number of key and of value, as pairs of hashes. */
export function pairsOf(state: ReadonlyMap<number, number>): [Uint8Array, Uint8Array][] {
  return [...state].map(([key, value]) => [keyHashOf(key), sha256(valueBytes(value))]);
}

/** The bytes of a key by number. */
export function keyBytes(n: number): Uint8Array {
  return utf8Encode(`key ${n}`);
}

/** H of a key by number. */
export function keyHashOf(n: number): Uint8Array {
  return sha256(keyBytes(n));
}

/** The bytes of a value by number. */
export function valueBytes(n: number): Uint8Array {
  return utf8Encode(`value ${n}`);
}

/** The first bits of H(key) as text: "0110…". */
export function bitsOf(keyHash: Uint8Array, count: number): string {
  return BigInt(`0x1${toHex(keyHash)}`)
    .toString(2)
    .slice(1, 1 + count);
}

/** The first number, from `from` on, whose key's hash begins with these bits. */
export function keyUnder(bits: string, from = 0): number {
  for (let n = from; ; n++) if (bitsOf(keyHashOf(n), bits.length) === bits) return n;
}

/** Bits given as text, in bytes with zero padding. */
export function packBits(bits: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, "0"), 2);
  return bytes;
}
