import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BytesError } from "./errors.ts";
import { fromHex, toHex } from "./hex.ts";
import { isWellFormed, utf8Decode, utf8Encode } from "./utf8.ts";

const native = { encoder: new TextEncoder(), decoder: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }) };

describe("text as UTF-8", () => {
  test("is what the platform's own coder makes of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(toHex(utf8Encode(text))).toBe(toHex(native.encoder.encode(text)));
        expect(utf8Decode(utf8Encode(text))).toBe(text);
      }),
      { seed: 1 },
    );
  });

  test("is read as strictly as by the platform's own fatal decoder", () => {
    const nearlyText = fc.array(
      fc.constantFrom(0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xf0, 0xf4),
    );
    fc.assert(
      fc.property(nearlyText, (values) => {
        const bytes = Uint8Array.from(values);
        expect(attempt(() => utf8Decode(bytes))).toBe(attempt(() => native.decoder.decode(bytes)));
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  test("of great length crosses the pieces it is joined from", () => {
    const text = `${"a".repeat(4095)}${"😀中é".repeat(3000)}`;
    expect(utf8Decode(utf8Encode(text))).toBe(text);
  });

  test.each([
    ["an overlong NUL", "c080", 0],
    ["an overlong slash in three bytes", "e080af", 1],
    ["an overlong form in four bytes", "f08080af", 1],
    ["a surrogate", "eda080", 1],
    ["the last surrogate", "edbfbf", 1],
    ["a point above U+10FFFF", "f4908080", 1],
    ["a lead byte that never occurs", "f5808080", 0],
    ["a continuation without lead", "4180", 1],
    ["a sequence cut short", "41e4b8", 3],
    ["a lead after a lead", "c3c3a9", 1],
  ])("refuses %s", (_, hex, offset) => {
    expect(refusalOf(() => utf8Decode(fromHex(hex)))).toEqual(["utf8-malformed", offset]);
  });

  test.each([
    ["d800", "a\ud800", 1],
    ["dc00", "\udc00b", 0],
    ["two halves in the wrong order", "\udc00\ud800", 0],
  ])("refuses the lone surrogate %s", (_, text, offset) => {
    expect(isWellFormed(text)).toBe(false);
    expect(refusalOf(() => utf8Encode(text))).toEqual(["utf8-lone-surrogate", offset]);
  });
});

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function refusalOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof BytesError) return [error.code, error.offset];
  }
  return "accepted";
}
