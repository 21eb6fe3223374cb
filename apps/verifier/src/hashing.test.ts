import { createFileHasher } from "@acta/merkle";
import { expect, test } from "vitest";
import { hashFile } from "./hashing.ts";

const MIB = 1 << 20;
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 24);

test.each([0, 1, MIB - 1, MIB, MIB + 1, 4 * MIB, 4 * MIB + 1, 9 * MIB + 5])(
  "hashes %d bytes as everyone else does",
  async (length) => {
    const bytes = bytesOf(length);
    expect(await hashFile(new Blob([bytes]), () => true)).toEqual(createFileHasher().update(bytes).finish());
  },
);

test("tells how far it is, ascending to the end", async () => {
  const seen: number[] = [];
  await hashFile(new Blob([bytesOf(9 * MIB)]), (done) => seen.push(done) > 0);
  expect(seen).toEqual([4 * MIB, 8 * MIB, 9 * MIB]);
});

test("stops where it is told to", async () => {
  expect(await hashFile(new Blob([bytesOf(9 * MIB)]), () => false)).toBeUndefined();
});
