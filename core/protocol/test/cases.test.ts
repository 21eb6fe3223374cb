import { readFileSync } from "node:fs";
import { BytesError, decode, fromBase64 } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { ProtocolError } from "../src/errors.ts";
import { REASONS } from "../src/reasons.ts";
import { parseTrustFile } from "../src/trust-file.ts";
import type { Verdict } from "../src/verdict.ts";
import { verifyProof } from "../src/verify.ts";

type Case = { kind: string; expect: string; now: string; note: string; bytes: string; trust: string | null };

const file = new URL("../../../vectors/draft/formats/cases.jsonl", import.meta.url);
const cases = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const refusing = (refused: string, read: () => unknown): string => {
  try {
    read();
    return "valid-cbor";
  } catch (error) {
    if (error instanceof BytesError) return "invalid-cbor";
    if (error instanceof ProtocolError) return error.code === "malformed-cbor" ? "invalid-cbor" : refused;
    throw error;
  }
};

const examined = ({ bytes, trust, now }: Case): Verdict => {
  const clock = Math.floor(Date.parse(now) / 1000);
  return verifyProof(fromBase64(bytes), trust === null ? undefined : fromBase64(trust), { now: clock });
};

const verdictOn = (one: Case): string => {
  const { verdict, basis } = examined(one);
  if (verdict === "valid") return basis ?? "valid without a basis";
  return verdict === "not-valid" ? "not-valid" : "unproved";
};

const resultOf = (one: Case): string => {
  if (one.kind === "cbor") return refusing("not-valid", () => decode(fromBase64(one.bytes)));
  if (one.kind === "trust") return refusing("not-valid", () => parseTrustFile(fromBase64(one.bytes)));
  return verdictOn(one);
};

describe("the cases of another implementation of the formats", () => {
  test("are all here", () => {
    expect(cases.length).toBe(359);
  });

  test("give every reason but those that no proof and trust file alone can give", () => {
    const proofs = cases.filter(({ trust }) => trust !== null);
    const given = new Set(proofs.map((one) => examined(one).reason));
    const elsewhere = ["wrong-file", "no-file", "no-clock", "no-trust-file", "trust-file-malformed"];
    expect([...given, ...elsewhere].sort()).toEqual(Object.keys(REASONS).sort());
  });

  test.each(cases.map((one) => [one.kind, one.expect, one.note, one] as const))(
    "%s, %s: %s",
    (_, expected, __, one) => {
      expect(resultOf(one)).toBe(expected);
    },
  );
});
