import { readFileSync } from "node:fs";
import { fromHex } from "@acta/bytes";
import { type Algorithm, type SignatureCheck, verifySignature } from "@acta/crypto";
import { expect, test } from "vitest";
import { verifySignatures } from "../src/signatures.ts";

test("answers as the reference does, with and without the browser's Ed25519", async () => {
  const checks = readChecks();
  expect(checks.length).toBeGreaterThan(20);
  const expected = checks.map(verifySignature);
  expect(new Set(expected)).toEqual(new Set([true, false]));
  expect(await verifySignatures(checks)).toEqual(expected);

  const { subtle } = crypto;
  const importKey = subtle.importKey;
  subtle.importKey = () => Promise.reject(new DOMException("none", "NotSupportedError"));
  try {
    expect(await verifySignatures(checks)).toEqual(expected);
  } finally {
    subtle.importKey = importKey;
  }
});

function readChecks(): SignatureCheck[] {
  const path = new URL("../../../vectors/draft/crypto/signatures.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(path, "utf8")) as unknown; // asked for below
  const list = Array.isArray(vectors) ? vectors : Object.values(vectors as object).find(Array.isArray);
  return (list as Record<string, string>[]).flatMap(({ algorithm, publicKey, message, signature }) => {
    if (publicKey === undefined || message === undefined || signature === undefined) return [];
    const parts = { publicKey: fromHex(publicKey), message: fromHex(message), signature: fromHex(signature) };
    return (["signature", "vote"] as const).map((rule) => ({
      rule,
      algorithm: Number(algorithm) as Algorithm,
      ...parts,
    }));
  });
}
