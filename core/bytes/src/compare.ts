import { BytesError } from "./errors.ts";
import { newBytes } from "./memory.ts";

/** All parts one after another, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = newBytes(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether both hold the same bytes. Not in constant time: not for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic order of bytes: negative, 0 or positive; a prefix comes before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number); // i is within both
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/**
 * The number as 8 bytes, big-endian (FORMATS 1, fixed parts of tagged hashes).
 *
 * A safe integer from 0, or a bigint from 0 below 2^64; throws BytesError "uint64-range" otherwise.
 */
export function uint64(n: number | bigint): Uint8Array {
  const isInRange = typeof n === "bigint" ? n >= 0n && n < 1n << 64n : Number.isSafeInteger(n) && n >= 0;
  if (!isInRange) throw new BytesError("uint64-range", `${n} is not a whole number from 0 below 2^64.`);
  const bytes = newBytes(8);
  new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(0, BigInt(n));
  return bytes;
}
