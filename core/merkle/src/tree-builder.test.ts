import { concatBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyHashOf, naiveStateRoot, pairsOf, valueBytes } from "../test/naive.ts";
import { StateTree } from "./state-tree.ts";
import { TreeBuilder } from "./tree-builder.ts";

const pairsFrom = (keys: readonly number[]) => keys.map((key) => concatBytes(keyHashOf(key), sha256(valueBytes(key))));

function build(pieces: readonly Uint8Array[]): StateTree {
  const builder = new TreeBuilder();
  for (const piece of pieces) builder.add(piece);
  return builder.finish();
}

test("a tree made at once has the root that FORMATS defines, in any order and in pieces", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300), { maxLength: 60 }), fc.nat(9), (keys, cut) => {
      const pairs = pairsFrom(keys);
      const tree = build([concatBytes(...pairs.slice(0, cut)), concatBytes(...pairs.slice(cut))]);
      expect(toHex(tree.root)).toBe(toHex(naiveStateRoot(pairsOf(new Map(keys.map((key) => [key, key]))))));
      expect(tree.size).toBe(keys.length);
    }),
    { seed: 4, numRuns: 150 },
  );
});

test("more keys than are hashed at once give the tree that single writes give, and it goes on alike", () => {
  const keys = Array.from({ length: 17_000 }, (_, key) => key);
  const one = build([concatBytes(...pairsFrom(keys))]);
  const other = StateTree.empty();
  other.update(keys.map((key) => [keyHashOf(key), sha256(valueBytes(key))] as const));
  other.commit();
  expect(toHex(one.root)).toBe(toHex(other.root));
  expect(one.valueHash(keyHashOf(77))).toEqual(other.valueHash(keyHashOf(77)));
  for (const tree of [one, other]) {
    tree.update([
      [keyHashOf(5), null],
      [keyHashOf(50_000), sha256(valueBytes(1))],
    ]);
    tree.commit();
  }
  expect(toHex(one.root)).toBe(toHex(other.root));
  const sorted = build([...one.pairs()].map((pair) => concatBytes(...pair)));
  expect(toHex(sorted.root)).toBe(toHex(one.root));
});

test("keys that share all bits of a number but the last are told apart", () => {
  const pair = (last: number) => concatBytes(new Uint8Array(31).fill(7), Uint8Array.of(last), new Uint8Array(32));
  const expected = naiveStateRoot([1, 2, 3].map((last) => [pair(last).slice(0, 32), pair(last).slice(32)] as const));
  expect(toHex(build([3, 1, 2].map(pair)).root)).toBe(toHex(expected));
});

test("refuses the same key twice, and what is no pair", () => {
  expect(() => build(pairsFrom([1, 2, 1]))).toThrow("two are the same");
  expect(() => build([new Uint8Array(63)])).toThrow("64 bytes");
});
