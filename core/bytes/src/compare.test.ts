import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareBytes, concatBytes, equalBytes, uint64 } from "./compare.ts";
import { toHex } from "./hex.ts";

const bytesOf = fc.uint8Array({ maxLength: 6, max: 3 });

describe("bytes side by side", () => {
  test("are ordered as Buffer.compare orders them, and equal where neither comes first", () => {
    fc.assert(
      fc.property(bytesOf, bytesOf, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
        expect(equalBytes(a, b)).toBe(compareBytes(a, b) === 0);
      }),
      { seed: 5 },
    );
  });

  test("are joined in their order", () => {
    expect(concatBytes(Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3))).toEqual(Uint8Array.of(1, 2, 3));
    expect(concatBytes()).toEqual(new Uint8Array(0));
  });
});

describe("numbers of 8 bytes", () => {
  test("are big-endian", () => {
    expect(toHex(uint64(258))).toBe("0000000000000102");
    expect(toHex(uint64(Number.MAX_SAFE_INTEGER))).toBe("001fffffffffffff");
    expect(toHex(uint64(2n ** 64n - 1n))).toBe("ffffffffffffffff");
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN, -1n, 2n ** 64n])("cannot hold %s", (n) => {
    expect(() => uint64(n)).toThrow(expect.objectContaining({ code: "uint64-range" }));
  });
});
