import { expect, test } from "vitest";
import { newBytes } from "./memory.ts";

test("gives zeros of the length that is asked for, and never the same memory twice", () => {
  const given = Array.from({ length: 3000 }, (_, i) => newBytes(i % 97));
  for (const [i, bytes] of given.entries()) bytes.fill(i & 255);
  for (const [i, bytes] of given.entries()) {
    expect(bytes.length).toBe(i % 97);
    expect(bytes.every((byte) => byte === (i & 255))).toBe(true);
  }
  expect(newBytes(50_000)).toEqual(new Uint8Array(50_000));
});

test("keeps large bytes in memory of their own", () => {
  expect(newBytes(5000).buffer.byteLength).toBe(5000);
});
