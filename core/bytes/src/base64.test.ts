import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "./base64.ts";
import { fromHex, toHex } from "./hex.ts";

const bytesOf = fc.uint8Array({ maxLength: 100 });

describe("bytes as text", () => {
  test("in hexadecimal, Base64 and Base64url are what the platform makes of them, and come back", () => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        const native = Buffer.from(bytes);
        expect([toHex(bytes), toBase64(bytes), toBase64Url(bytes)]).toEqual([
          native.toString("hex"),
          native.toString("base64"),
          native.toString("base64url"),
        ]);
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
      { seed: 3 },
    );
  });

  test("has one Base64 for each byte string: whatever is read is what would be written", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(..."AQgw019+/-_= \n"), { maxLength: 9 }), (characters) => {
        const text = characters.join("");
        expect([text, undefined]).toContain(attempt(() => toBase64(fromBase64(text))));
        expect([text, undefined]).toContain(attempt(() => toBase64Url(fromBase64Url(text))));
      }),
      { seed: 4, numRuns: 3000 },
    );
  });

  test("may have hexadecimal digits in capitals", () => {
    expect(fromHex("0aFf")).toEqual(Uint8Array.of(10, 255));
  });

  test.each(["0", "0g", "0x12", " 00", "é0"])("is not the hexadecimal %o", (text) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: "hex-malformed" }));
  });

  test.each(["A", "AA", "AA=", "AA===", "A===", "AB==", "AAB=", "=AAA", "AA==AAAA", "AA-_", "AA\n="])(
    "is not the Base64 %o",
    (text) => {
      expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: "base64-malformed" }));
    },
  );

  test.each(["A", "AB", "AAB", "AA==", "AA+/", "AAAA\n", "ÀAAA"])("is not the Base64url %o", (text) => {
    expect(() => fromBase64Url(text)).toThrow(expect.objectContaining({ code: "base64-malformed" }));
  });
});

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
