import { readFileSync } from "node:fs";
import { fromHex, toHex } from "@acta/bytes";
import { leafHash } from "@acta/merkle";
import { describe, expect, test } from "vitest";
import {
  decodeOutcome,
  encodeGenesis,
  encodeOutcome,
  encodeTrustFile,
  ledgerId,
  PROTOCOL_ERRORS,
  ProtocolError,
  parseGenesis,
  parseTransaction,
  parseTrustFile,
  verifyProof,
} from "../src/index.ts";
import { makeVectors, VECTOR_LIMITS, type Vector } from "./vectors.ts";

const computed = makeVectors();
const frozen = (name: string): Vector[] =>
  JSON.parse(readFileSync(new URL(`../../../vectors/draft/protocol/${name}`, import.meta.url), "utf8")) as Vector[];
const bytesOf = ({ bytes }: Vector): Uint8Array => fromHex(bytes as string);
const codeOf = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
};

describe.each(Object.keys(computed))("vectors/draft/protocol/%s", (name) => {
  test("is what the package computes today", () => {
    expect(JSON.parse(JSON.stringify(computed[name]))).toEqual(frozen(name));
  });

  test("names each example once", () => {
    const names = frozen(name).map((vector) => vector.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test.each(frozen("genesis.json"))("$name", (vector) => {
  expect(codeOf(() => parseGenesis(bytesOf(vector)))).toBe(vector["error"]);
  if (vector["error"] !== undefined) return;
  expect(toHex(encodeGenesis(parseGenesis(bytesOf(vector))))).toBe(vector["bytes"]);
  expect(toHex(ledgerId(bytesOf(vector)))).toBe(vector["ledgerId"]);
});

test.each(frozen("transaction.json"))("transaction: $name", (vector) => {
  expect(codeOf(() => parseTransaction(bytesOf(vector), VECTOR_LIMITS))).toBe(vector["error"]);
});

test.each(frozen("trust-file.json"))("trust file: $name", (vector) => {
  expect(codeOf(() => parseTrustFile(bytesOf(vector)))).toBe(vector["error"]);
  if (vector["error"] === undefined)
    expect(toHex(encodeTrustFile(parseTrustFile(bytesOf(vector))))).toBe(vector["bytes"]);
});

test.each(frozen("outcome.json").filter(({ leaf }) => leaf !== undefined))("$name", (vector) => {
  expect(toHex(encodeOutcome(decodeOutcome(bytesOf(vector))))).toBe(vector["bytes"]);
  expect(toHex(leafHash(bytesOf(vector)))).toBe(vector["leaf"]);
});

test.each(frozen("proof.json"))("proof: $name", (vector) => {
  const asked = vector["file"] as { size: number; sha256: string; root: string } | undefined;
  const file = asked && { size: asked.size, sha256: fromHex(asked.sha256), root: fromHex(asked.root) };
  const { verdict, reason, basis } = verifyProof(bytesOf(vector), fromHex(vector["trust"] as string), {
    now: vector["now"] as number,
    ...(file && { file }),
  });
  expect([verdict, reason, basis]).toEqual([vector["verdict"], vector["reason"], vector["basis"]]);
});

test("every code that bytes of a transaction, a genesis or a trust file can earn is earned by some example", () => {
  const earned = new Set(Object.keys(computed).flatMap((name) => frozen(name).map(({ error }) => error)));
  // Asked of limits, of keys of the state, or of proofs.
  const elsewhere = [
    "too-large",
    "too-many-calls",
    "wrong-ledger",
    "unknown-key",
    "key-not-in-force",
    "wrong-algorithm",
    "wrong-signature",
    "malformed-outcome",
    "malformed-result",
    "malformed-action",
    "malformed-opening",
    "malformed-header",
    "malformed-commit",
    "malformed-link",
    "malformed-proof",
    "malformed-disclosure",
    "cannot-build",
  ];
  expect(Object.keys(PROTOCOL_ERRORS).filter((code) => !earned.has(code) && !elsewhere.includes(code))).toEqual([]);
});
