import { readFileSync } from "node:fs";
import { sharedData } from "@acta/testing";
import { describe, expect, test } from "vitest";
import { decode, encode, fromBase64, toHex } from "../src/index.ts";

type Case = { kind: string; bytes: string; expect: string; note: string };

const folder = sharedData();

describe.skipIf(folder === undefined)("the conformance cases of CBOR", () => {
  const cases = folder === undefined ? [] : readCases(`${folder}/formats/cases.jsonl`);

  test("are 43", () => {
    expect(cases).toHaveLength(43);
  });

  test.each(cases.map((each) => [each.note, each] as const))("%s", (_, each) => {
    const bytes = fromBase64(each.bytes);
    expect(judge(bytes)).toBe(each.expect);
  });
});

function readCases(file: string): Case[] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line): Case => JSON.parse(line)).filter(({ kind }) => kind === "cbor");
}

function judge(bytes: Uint8Array): string {
  try {
    return toHex(encode(decode(bytes))) === toHex(bytes) ? "valid-cbor" : "comes out differently";
  } catch {
    return "invalid-cbor";
  }
}
