import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decode, encode, fromHex, toHex } from "../src/index.ts";
import { diagnostic } from "./diagnostic.ts";

describe("the vectors of CBOR", () => {
  test.each(read<{ name: string; value: string; bytes: string }>("valid.json"))("$name", ({ value, bytes }) => {
    const decoded = decode(fromHex(bytes));
    expect(diagnostic(decoded)).toBe(value);
    expect(toHex(encode(decoded))).toBe(bytes);
  });

  test.each(read<{ name: string; bytes: string; code: string; offset: number }>("invalid.json"))(
    "refuse $name",
    ({ bytes, code, offset }) => {
      expect(() => decode(fromHex(bytes))).toThrow(expect.objectContaining({ code, offset }));
    },
  );
});

function read<T>(name: string): T[] {
  const text = readFileSync(new URL(`../../../vectors/draft/cbor/${name}`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: T[] }).cases; // the shape that write-vectors.ts gives them
}
