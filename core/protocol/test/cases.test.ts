import { readFileSync } from "node:fs";
import { BytesError, decode, fromBase64 } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { ProtocolError } from "../src/errors.ts";
import { parseTrustFile } from "../src/trust-file.ts";
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

const verdictOn = ({ bytes, trust, now }: Case): string => {
  const clock = Math.floor(Date.parse(now) / 1000);
  const verdict = verifyProof(fromBase64(bytes), trust === null ? undefined : fromBase64(trust), { now: clock });
  if (verdict.verdict === "valid") return verdict.basis as string;
  return verdict.verdict === "not-valid" ? "not-valid" : "unproved";
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

  test.each(cases.map((one) => [one.kind, one.expect, one.note, one] as const))(
    "%s, %s: %s",
    (_, expected, __, one) => {
      expect(resultOf(one)).toBe(expected);
    },
  );
});
