import { concatBytes, fromHex, utf8Encode } from "@acta/bytes";
import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

const { Point } = curve;
const order = Point.Fn.ORDER;
type Point = typeof Point.BASE;

/** A point of order eight. */
export const torsion: Point = Point.fromBytes(
  fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
);

/** What the two rules disagree about: points added to honest A and R, and the remainders of k modulo 8. */
export type Corner = {
  readonly inA?: Point;
  readonly inR?: Point;
  /** Which message is taken: the first whose k, reduced modulo L and as it is, satisfies this. */
  readonly suits?: (reduced: bigint, unreduced: bigint) => boolean;
};

/** A signature made by the equation S = r + k a, over the first message that suits. */
export function signCorner({ inA = Point.ZERO, inR = Point.ZERO, suits = () => true }: Corner): {
  publicKey: Uint8Array;
  message: Uint8Array;
  signature: Uint8Array;
} {
  const a = 0x1234567890abcdefn;
  const r = 0xfedcba0987654321n;
  const publicKey = Point.BASE.multiply(a).add(inA).toBytes();
  const point = Point.BASE.multiply(r).add(inR).toBytes();
  for (let attempt = 0; ; attempt++) {
    const message = utf8Encode(`corner ${attempt}`);
    const unreduced = littleEndian(sha512(concatBytes(point, publicKey, message)));
    const k = unreduced % order;
    if (!suits(k, unreduced)) continue;
    return { publicKey, message, signature: concatBytes(point, scalarBytes((r + k * a) % order)) };
  }
}

/** The same signature with S + L, which stands for the same scalar. */
export function withLargeScalar(signature: Uint8Array): Uint8Array {
  return concatBytes(signature.subarray(0, 32), scalarBytes(littleEndian(signature.subarray(32)) + order));
}

function scalarBytes(scalar: bigint): Uint8Array {
  return fromHex(scalar.toString(16).padStart(64, "0")).reverse();
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}
