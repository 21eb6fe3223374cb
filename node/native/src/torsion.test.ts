import { fromHex, utf8Encode } from "@acta/bytes";
import { ALGORITHM, type SignatureCheck, sha256, verifySignature } from "@acta/crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { verifyNative } from "./verifying.ts";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
// Of order eight (RFC 8032's curve); its multiples are all points of small order.
const TORSION = Point.fromBytes(fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

const littleEndian = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
const scalarBytes = (scalar: bigint) => Buffer.from(scalar.toString(16).padStart(64, "0"), "hex").reverse();
const scalar = (name: string) => littleEndian(sha256(utf8Encode(name))) % ORDER;

/** A signature whose key and R carry so many times the torsion point: it holds with the cofactor, not as bytes. */
function forge(name: string, onKey: number, onR: number, isSmall = false): Omit<SignatureCheck, "rule"> {
  const message = utf8Encode(name);
  const [a, r] = isSmall ? [0n, 0n] : [scalar(`${name} a`), scalar(`${name} r`)];
  const multiple = (base: bigint, times: number) => {
    const torsion = times === 0 ? Point.ZERO : TORSION.multiplyUnsafe(BigInt(times));
    return (base === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(base)).add(torsion).toBytes();
  };
  const [publicKey, commitment] = [multiple(a, onKey), multiple(r, onR)];
  const k = littleEndian(sha512(Buffer.concat([commitment, publicKey, message]))) % ORDER;
  const signature = new Uint8Array(Buffer.concat([commitment, scalarBytes((r + k * a) % ORDER)]));
  return { algorithm: ALGORITHM.ed25519, publicKey, message, signature };
}

test("torsion in key or R holds in votes and gets the pure code's verdict elsewhere", () => {
  let accepted = 0;
  for (let onKey = 0; onKey < 8; onKey++) {
    for (let onR = 0; onR < 8; onR++) {
      const check = forge(`torsion ${onKey} ${onR}`, onKey, onR);
      expect(verifyNative({ rule: "vote", ...check })).toBe(true);
      const strict = verifyNative({ rule: "signature", ...check });
      expect(strict, `${onKey} ${onR}`).toBe(verifySignature({ rule: "signature", ...check }));
      if (strict) accepted++;
    }
  }
  expect(accepted).toBeGreaterThanOrEqual(1);
  expect(accepted).toBeLessThan(20);
});

test("keys and R of small order hold in votes only", () => {
  for (let onKey = 0; onKey < 8; onKey++) {
    for (let onR = 0; onR < 8; onR++) {
      const check = forge(`small ${onKey} ${onR}`, onKey, onR, true);
      expect(verifyNative({ rule: "vote", ...check })).toBe(true);
      expect(verifyNative({ rule: "signature", ...check })).toBe(false);
    }
  }
});
