import { createPrivateKey, createPublicKey, sign as nativeSign, verify as nativeVerify } from "node:crypto";
import { concatBytes, fromHex, utf8Encode } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { ALGORITHM, type Algorithm, isAlgorithm, isPublicKeyForm, isSignatureForm } from "./algorithm.ts";
import { ed25519, isStrictEd25519Form } from "./ed25519.ts";
import { esp256 } from "./esp256.ts";
import { mlDsa65 } from "./ml-dsa-65.ts";
import { sealCommitment } from "./seal.ts";
import { verifySignature } from "./signature.ts";

const secret = new Uint8Array(32).fill(9);
const message = utf8Encode("message");
const makers = { [-19]: ed25519, [-9]: esp256, [-49]: mlDsa65 } as const;

describe.each(Object.entries(ALGORITHM))("%s", (_, algorithm: Algorithm) => {
  const publicKey = makers[algorithm].publicKey(secret);
  const signature = makers[algorithm].sign(secret, message);
  const check = { rule: "signature", algorithm, publicKey, message, signature } as const;

  test("verifies what it signed, and signs the same way each time", () => {
    expect(verifySignature(check)).toBe(true);
    expect(makers[algorithm].sign(secret, message)).toEqual(signature);
  });

  test("says no, and never throws, whatever is wrong", () => {
    const zeros = { publicKey: new Uint8Array(publicKey.length), signature: new Uint8Array(signature.length) };
    expect(verifySignature({ ...check, message: utf8Encode("massage") })).toBe(false);
    expect(verifySignature({ ...check, publicKey: zeros.publicKey })).toBe(false);
    expect(verifySignature({ ...check, signature: zeros.signature })).toBe(false);
    expect(verifySignature({ ...check, publicKey: publicKey.subarray(1) })).toBe(false);
    expect(verifySignature({ ...check, signature: concatBytes(signature, Uint8Array.of(0)) })).toBe(false);
    expect(verifySignature({ ...check, publicKey: new Uint8Array(publicKey.length).fill(255) })).toBe(false);
  });

  test("has keys and signatures of its own lengths", () => {
    expect(isPublicKeyForm(algorithm, publicKey) && isSignatureForm(algorithm, signature)).toBe(true);
    const other = algorithm === ALGORITHM.mlDsa65 ? ALGORITHM.ed25519 : ALGORITHM.mlDsa65;
    expect(isPublicKeyForm(other, publicKey) || isSignatureForm(other, signature)).toBe(false);
  });
});

test("votes are not cast with ESP256", () => {
  const publicKey = esp256.publicKey(secret);
  const signature = esp256.sign(secret, message);
  const check = { algorithm: ALGORITHM.esp256, publicKey, message, signature };
  expect(verifySignature({ ...check, rule: "vote" })).toBe(false);
});

test("reserved and unknown algorithms are none", () => {
  expect([-70001, -70002, -70003, -8, -7, 0, "ed25519", undefined].some(isAlgorithm)).toBe(false);
  const check = { rule: "signature", publicKey: new Uint8Array(32), message, signature: new Uint8Array(64) } as const;
  expect(verifySignature({ ...check, algorithm: -8 as Algorithm })).toBe(false); // as from an unchecked header
});

test("the platform's Ed25519 and this one accept each other's signatures", () => {
  const prefix = fromHex("302e020100300506032b657004220420");
  const key = createPrivateKey({ key: Buffer.from(concatBytes(prefix, secret)), format: "der", type: "pkcs8" });
  const publicKey = ed25519.publicKey(secret);
  const signature = Uint8Array.from(nativeSign(null, message, key));
  expect(verifySignature({ rule: "signature", algorithm: -19, publicKey, message, signature })).toBe(true);
  expect(nativeVerify(null, message, createPublicKey(key), ed25519.sign(secret, message))).toBe(true);
});

test("S and the points of Ed25519 have bounds that the form alone shows", () => {
  const publicKey = ed25519.publicKey(secret);
  const signature = ed25519.sign(secret, message);
  const withS = (hex: string) => concatBytes(signature.subarray(0, 32), fromHex(hex));
  const order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
  const orderLessOne = `ec${order.slice(2)}`;
  const prime = fromHex(`ed${"ff".repeat(30)}7f`);
  expect(isStrictEd25519Form(publicKey, signature)).toBe(true);
  expect(isStrictEd25519Form(publicKey, withS(orderLessOne))).toBe(true);
  expect(isStrictEd25519Form(publicKey, withS(order))).toBe(false);
  expect(isStrictEd25519Form(prime, signature)).toBe(false);
  expect(isStrictEd25519Form(fromHex(`ebff${"ff".repeat(29)}7f`), signature)).toBe(true);
});

test("a seal is refused where a part of fixed size has another", () => {
  const place = { ledgerId: new Uint8Array(32), contract: "c", record: "r", key: [], field: ["f"], value: null };
  const party = new Uint8Array(32);
  const seal = { ...place, party, salt: new Uint8Array(31) };
  expect(() => sealCommitment(seal)).toThrow(expect.objectContaining({ code: "wrong-length" }));
});
