import { concatBytes, equalBytes, fromHex } from "@acta/bytes";
import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

/** Ed25519 for holders of a 32-byte secret (RFC 8032, 5.1.5 and 5.1.6); noble checks the lengths. */
export const ed25519 = {
  publicKey: (secret: Uint8Array): Uint8Array => curve.getPublicKey(secret),
  sign: (secret: Uint8Array, message: Uint8Array): Uint8Array => curve.sign(message, secret),
} as const;

/**
 * Whether key and signature have the form that the strict rule demands beside the equation: both 32-byte points with
 * y < p and neither of small order, and S < L (FORMATS 2).
 *
 * Together with a verification that compares bytes (OpenSSL, WebCrypto, sodium) this is the strict rule.
 */
export function isStrictEd25519Form(publicKey: Uint8Array, signature: Uint8Array): boolean {
  return (
    publicKey.length === 32 &&
    signature.length === 64 &&
    isBelow(signature, 32, order, 0xff) &&
    isStrictPoint(publicKey) &&
    isStrictPoint(signature)
  );
}

/**
 * The strict rule: RFC 8032, 5.1.7 without the cofactor, encode([S]B - [k]A) compared with R as bytes.
 *
 * Computed from points: noble's own `verify` multiplies by the cofactor even where it is told to be strict. May throw
 * where the key is no point.
 */
export function verifyStrict(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isStrictEd25519Form(publicKey, signature)) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const a = curve.Point.fromBytes(publicKey, false);
  // Reduced before it multiplies A: with torsion in A another multiple of L would give another point.
  const k = littleEndian(sha512(concatBytes(r, publicKey, message))) % curve.Point.Fn.ORDER;
  const expected = curve.Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k));
  return equalBytes(expected.toBytes(), r);
}

/** The rule of validators' votes: ZIP-215, as CometBFT has it. May throw where a length is wrong. */
export function verifyZip215(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return curve.verify(signature, message, publicKey, { zip215: true });
}

// All numbers little-endian, as they are in keys and signatures.
const order = fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
const prime = fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

// The y of the eight points whose order divides the cofactor: 1, -1, 0, and both of order eight.
const smallOrderY: readonly Uint8Array[] = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
].map(fromHex);

/** Whether the first 32 bytes encode a y below p that is none of small order. The sign of x does not matter for either. */
function isStrictPoint(bytes: Uint8Array): boolean {
  return isBelow(bytes, 0, prime, 0x7f) && !smallOrderY.some((y) => isSameY(bytes, y));
}

function isSameY(bytes: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (bytes[i] !== y[i]) return false;
  return ((bytes[31] as number) & 0x7f) === y[31]; // callers have checked the length
}

/** Whether 32 bytes from `offset`, the last one masked, are a number below the bound. */
function isBelow(bytes: Uint8Array, offset: number, bound: Uint8Array, lastMask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = (bytes[offset + i] as number) & (i === 31 ? lastMask : 0xff); // callers have checked the length
    const difference = byte - (bound[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number); // i is within
  return value;
}
