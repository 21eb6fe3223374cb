import { toHex } from "@acta/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMessage, delimited } from "./protobuf.ts";

test("varints grow by seven bits, least significant first", () => {
  const bytes = (value: number | bigint) => toHex(createMessage().varint(1, value).finish());
  expect(bytes(1)).toBe("0801");
  expect(bytes(127)).toBe("087f");
  expect(bytes(128)).toBe("088001");
  expect(bytes(2 ** 53 - 1)).toBe("08ffffffffffffff0f");
  expect(bytes(2n ** 64n - 1n)).toBe("08ffffffffffffffffff01");
});

test("a negative number takes ten bytes", () => {
  expect(toHex(createMessage().varint(2, -1).finish())).toBe("10ffffffffffffffffff01");
});

test("zero and empty bytes are left out, an empty message is not", () => {
  const empty = new Uint8Array(0);
  expect(createMessage().varint(1, 0).varint(1, 0n).sfixed64(2, 0).bytes(3, empty).finish()).toEqual(empty);
  expect(toHex(createMessage().message(3, empty).finish())).toBe("1a00");
});

test("sfixed64 is little-endian", () => {
  expect(toHex(createMessage().sfixed64(2, 0x0102).finish())).toBe("110201000000000000");
  expect(
    toHex(
      createMessage()
        .sfixed64(3, 2 ** 31 - 1)
        .finish(),
    ),
  ).toBe("19ffffff7f00000000");
  expect(toHex(createMessage().sfixed64(2, -2).finish())).toBe("11feffffffffffffff");
});

test("a delimited message follows its own length", () => {
  expect(toHex(delimited(new Uint8Array(2)))).toBe("020000");
  expect(toHex(delimited(new Uint8Array(300))).slice(0, 6)).toBe("ac0200");
});

test("a number that is no safe integer is refused", () => {
  expect(() => createMessage().varint(1, 2 ** 53)).toThrow("Use a bigint");
  expect(() => createMessage().varint(1, 0.5)).toThrow("Use a bigint");
});

test("a number and the equal bigint have the same bytes", () => {
  const same = fc.property(fc.maxSafeInteger(), (value) => {
    expect(createMessage().varint(1, value).finish()).toEqual(createMessage().varint(1, BigInt(value)).finish());
  });
  fc.assert(same, { seed: 21 });
});
