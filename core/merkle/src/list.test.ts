import { concatBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveListRoot } from "../test/naive.ts";
import { leafHash, listPath, listPaths, listRoot, nodeHash, rootFromPath, rootFromSides, sidesOf } from "./list.ts";

const leaves = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 40 });

describe("a list", () => {
  test("has the root that RFC 9162 defines by recursion", () => {
    for (let count = 0; count <= 70; count++) {
      const list = Array.from({ length: count }, (_, i) => Uint8Array.of(i));
      expect(toHex(listRoot(list))).toBe(toHex(naiveListRoot(list)));
    }
  });

  test("proves every leaf by its path, with the sides bound or not", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), (list, n) => {
        const index = n % list.length;
        const hashes = list.map(leafHash);
        const leaf = hashes[index] as Uint8Array;
        const path = listPath(hashes, index);
        expect(listPaths(hashes)[index]).toEqual(path);
        expect(rootFromPath(leaf, index, list.length, path)).toEqual(listRoot(list));
        expect(rootFromSides(leaf, sidesOf(index, list.length), path)).toEqual(listRoot(list));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("proves a leaf at no other index and in no other count by the same path", () => {
    const hashes = Array.from({ length: 13 }, (_, i) => leafHash(Uint8Array.of(i)));
    const root = toHex(rootFromPath(hashes[5] as Uint8Array, 5, 13, listPath(hashes, 5)) as Uint8Array);
    for (let count = 0; count < 40; count++) {
      for (let index = 0; index < 40; index++) {
        const other = rootFromPath(hashes[5] as Uint8Array, index, count, listPath(hashes, 5));
        // The path has four hashes, all but the last in every count from 9 to 16 that has them on the same sides.
        const isSame = index === 5 && count > 8 && count <= 16;
        expect([index, count, other !== undefined && toHex(other) === root]).toEqual([index, count, isSame]);
      }
    }
  });

  test("takes a path of exactly the length that index and count ask for", () => {
    const hashes = [0, 1, 2].map((n) => leafHash(Uint8Array.of(n)));
    const leaf = hashes[2] as Uint8Array;
    const path = listPath(hashes, 2);
    expect(path).toHaveLength(32);
    expect(rootFromPath(leaf, 2, 3, path)).toBeDefined();
    expect(rootFromPath(leaf, 2, 3, concatBytes(path, path))).toBeUndefined();
    expect(rootFromPath(leaf, 2, 3, path.subarray(1))).toBeUndefined();
    expect(rootFromPath(leaf, 2, 3, new Uint8Array(0))).toBeUndefined();
    expect(rootFromPath(leaf.subarray(1), 2, 3, path)).toBeUndefined();
  });

  test.each([
    [-1, 3],
    [3, 3],
    [0, 0],
    [0.5, 3],
    [0, 2 ** 53],
  ])("has no leaf %s of %s", (index, count) => {
    expect(rootFromPath(new Uint8Array(32), index, count, new Uint8Array(0))).toBeUndefined();
    expect(() => sidesOf(index, count)).toThrow(expect.objectContaining({ code: "out-of-range" }));
    expect(() => listPath([], index)).toThrow(expect.objectContaining({ code: "out-of-range" }));
  });

  test("may be longer than 32 bits can count", () => {
    const index = 2 ** 40;
    const leaf = leafHash(Uint8Array.of(1));
    const left = sha256(Uint8Array.of(2));
    // The last of 2^40 + 1 leaves is the right child of the root.
    expect(rootFromPath(leaf, index, index + 1, left)).toEqual(nodeHash(left, leaf));
    expect(sidesOf(index, index + 1)).toEqual(Uint8Array.of(0x80));
  });

  test("has sides with zero padding and no spare byte", () => {
    const leaf = leafHash(Uint8Array.of(1));
    const path = new Uint8Array(64);
    expect(rootFromSides(leaf, Uint8Array.of(0x40), path)).toEqual(
      nodeHash(path.subarray(32), nodeHash(leaf, path.subarray(0, 32))),
    );
    expect(rootFromSides(leaf, Uint8Array.of(0x60), path)).toBeUndefined();
    expect(rootFromSides(leaf, Uint8Array.of(0x40, 0), path)).toBeUndefined();
    expect(rootFromSides(leaf, new Uint8Array(0), path)).toBeUndefined();
    expect(rootFromSides(leaf, Uint8Array.of(0), new Uint8Array(0))).toBeUndefined();
    expect(rootFromSides(leaf, Uint8Array.of(0), new Uint8Array(33))).toBeUndefined();
    expect(rootFromSides(leaf, new Uint8Array(0), new Uint8Array(0))).toEqual(leaf);
    expect(rootFromSides(leaf, Uint8Array.of(0xff), new Uint8Array(8 * 32))).toBeDefined();
  });
});
