import { equalBytes } from "@acta/bytes";
import { verifySignature } from "@acta/crypto";
import { describe, expect, test } from "vitest";
import { PROTOCOL_ERRORS, ProtocolError, parseTransaction, signatureChecks, type Transaction } from "../src/index.ts";
import { testKey } from "./chain.ts";
import { changedBytes, randomNumbers } from "./mutate.ts";
import { sampleChain } from "./samples.ts";
import { VECTOR_LIMITS } from "./vectors.ts";

const { transactions } = sampleChain(1);
const registry = testKey("registry");

/** What a node makes of bytes before they are admitted: one word, or "signed". */
const wordFor = (bytes: Uint8Array): string => {
  let transaction: Transaction;
  try {
    transaction = parseTransaction(bytes, VECTOR_LIMITS);
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  const checks = signatureChecks(transaction, () => ({ algorithm: -19, publicKey: registry.publicKey }));
  if (typeof checks === "string") return checks;
  return checks.every(verifySignature) ? "signed" : "wrong-signature";
};

describe("a changed transaction", () => {
  test.each(Object.entries(transactions))("is never taken for a signed one, and has its word (%s)", (_, { bytes }) => {
    expect(wordFor(bytes)).toBe("signed");
    const random = randomNumbers(bytes.length);
    const words = new Map<string, number>();
    for (let tried = 0; tried < 2_000; tried++) {
      const changed = changedBytes(bytes, random);
      if (equalBytes(changed, bytes)) continue;
      const word = wordFor(changed);
      words.set(word, (words.get(word) ?? 0) + 1);
    }
    expect(words.get("signed")).toBe(undefined);
    for (const word of words.keys()) expect(Object.keys(PROTOCOL_ERRORS)).toContain(word);
    for (const word of ["malformed-cbor", "wrong-calls-root", "wrong-signature"])
      expect(words.get(word), word).toBeGreaterThan(0);
  });

  test("that only has another signature keeps its identity, and not its signatures hash", () => {
    const [a, b] = [transactions.single, { ...transactions.single }];
    const swapped = parseTransaction(flippedSignature(b), VECTOR_LIMITS);
    expect(equalBytes(swapped.identity, a.identity)).toBe(true);
    expect(equalBytes(swapped.signaturesHash, a.signaturesHash)).toBe(false);
  });
});

/** The transaction with one bit of its only signature changed. */
function flippedSignature({ bytes, signatures }: Transaction): Uint8Array {
  const signature = signatures[0]?.bytes ?? new Uint8Array();
  const start = bytes.findIndex((_, at) => equalBytes(bytes.subarray(at, at + signature.length), signature));
  const changed = bytes.slice();
  changed[start] = (changed[start] ?? 0) ^ 1;
  return changed;
}
