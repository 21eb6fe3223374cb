import { utf8Encode } from "@acta/bytes";
import { ALGORITHM, ed25519, esp256, mlDsa65, type SignatureCheck, sha256, verifySignature } from "@acta/crypto";
import { sharedData } from "@acta/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import { verifyNative } from "./verifying.ts";

const RULES = ["signature", "vote"] as const;
const folder = sharedData();

describe.skipIf(folder === undefined)("the vectors of Wycheproof and CCTV", () => {
  const vectors = folder === undefined ? [] : readVectors(folder);

  test("get the same verdict natively and by the pure code, under both rules", () => {
    expect(vectors.length).toBeGreaterThan(1000);
    for (const rule of RULES) {
      for (const { name, check } of vectors) {
        const whole = { rule, ...check };
        expect(verifyNative(whole), `${rule}: ${name}`).toBe(verifySignature(whole));
      }
    }
  });
});

const message = utf8Encode("a message to sign");
const secret = (seed: number) => sha256(utf8Encode(`secret ${seed}`));

const honest = (seed: number): Omit<SignatureCheck, "rule">[] => [
  {
    algorithm: ALGORITHM.ed25519,
    publicKey: ed25519.publicKey(secret(seed)),
    message,
    signature: ed25519.sign(secret(seed), message),
  },
  {
    algorithm: ALGORITHM.esp256,
    publicKey: esp256.publicKey(secret(seed)),
    message,
    signature: esp256.sign(secret(seed), message),
  },
  {
    algorithm: ALGORITHM.mlDsa65,
    publicKey: mlDsa65.publicKey(secret(seed)),
    message,
    signature: mlDsa65.sign(secret(seed), message),
  },
];

const samples = honest(1);

test("honest signatures hold, ESP256 not as a vote", () => {
  for (const check of samples) {
    expect(verifyNative({ rule: "signature", ...check })).toBe(true);
    expect(verifyNative({ rule: "vote", ...check })).toBe(check.algorithm !== ALGORITHM.esp256);
  }
});

test("a changed bit in key, message or signature gets the pure code's verdict", () => {
  const part = fc.constantFrom("publicKey", "message", "signature");
  const changed = fc.record({ rule: fc.constantFrom(...RULES), sample: fc.nat(2), part, bit: fc.nat() });
  fc.assert(
    fc.property(changed, ({ rule, sample, part, bit }) => {
      const check = samples[sample];
      if (check === undefined) return;
      const bytes = Uint8Array.from(check[part as "message"]);
      const place = bit % (8 * bytes.length);
      bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
      const whole = { rule, ...check, [part]: bytes };
      expect(verifyNative(whole)).toBe(verifySignature(whole));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("wrong lengths and unknown algorithms never hold and never throw", () => {
  for (const check of samples) {
    for (const part of ["publicKey", "signature"] as const) {
      for (const bytes of [new Uint8Array(0), check[part].subarray(1), Uint8Array.of(...check[part], 0)]) {
        expect(verifyNative({ rule: "signature", ...check, [part]: bytes })).toBe(false);
      }
    }
    // A number from outside the union, as a hostile envelope may carry it.
    expect(verifyNative({ rule: "signature", ...check, algorithm: -7 as -9 })).toBe(false);
  }
});

test("an ESP256 signature with a high s does not hold", () => {
  const check = samples[1];
  if (check === undefined) throw new Error("ESP256 is among the samples.");
  const order = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const s = BigInt(`0x${Buffer.from(check.signature.subarray(32)).toString("hex")}`);
  const high = Buffer.from((order - s).toString(16).padStart(64, "0"), "hex");
  const signature = new Uint8Array(Buffer.concat([check.signature.subarray(0, 32), high]));
  expect(verifyNative({ rule: "signature", ...check, signature })).toBe(false);
});
