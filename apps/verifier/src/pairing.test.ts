import { expect, test } from "vitest";
import { type Claimant, type Original, pair } from "./pairing.ts";

const file = (byte: number) => ({
  size: byte,
  sha256: new Uint8Array(32).fill(byte),
  root: new Uint8Array(32).fill(byte),
});
const original = (name: string, byte: number): Original => ({ name, ...file(byte) });
const slip = (name: string, byte: number): Claimant => ({ name, files: [{ path: ["file"], ...file(byte) }] });
const names = (pairing: ReturnType<typeof pair>) => pairing.pairs.map((each) => [each.proof.name, each.original?.name]);

test("finds originals by their fingerprint, whatever their names and order", () => {
  const pairing = pair([slip("a.slip", 1), slip("b.slip", 2)], [original("x", 2), original("y", 1)]);
  expect(names(pairing)).toEqual([
    ["a.slip", "y"],
    ["b.slip", "x"],
  ]);
  expect(pairing.unmentioned).toEqual([]);
});

test("a proof that speaks of two files takes both, the one it names first before the other", () => {
  const both: Claimant = { name: "a.slip", files: [1, 2].map((byte) => ({ path: [String(byte)], ...file(byte) })) };
  const { pairs, unmentioned } = pair([both], [original("case.json", 2), original("image", 1), original("x", 9)]);
  expect(pairs.map(({ original, others }) => [original?.name, others.map(({ name }) => name)])).toEqual([
    ["image", ["case.json"]],
  ]);
  expect(unmentioned.map(({ name }) => name)).toEqual(["x"]);
});

test("one file may have two slips", () => {
  expect(names(pair([slip("a.slip", 1), slip("b.slip", 1)], [original("x", 1)]))).toEqual([
    ["a.slip", "x"],
    ["b.slip", "x"],
  ]);
});

test("a changed original is found by its name and so compared", () => {
  const pairing = pair([slip("a.jpg.slip", 1), slip("b.jpg.slip", 2)], [original("b.jpg", 9), original("a.jpg", 1)]);
  expect(names(pairing)).toEqual([
    ["a.jpg.slip", "a.jpg"],
    ["b.jpg.slip", "b.jpg"],
  ]);
});

test("the one proof left is compared with the original put in last", () => {
  const pairing = pair([slip("a.slip", 1)], [original("x", 8), original("y", 9)]);
  expect(names(pairing)).toEqual([["a.slip", "y"]]);
  expect(pairing.unmentioned.map(({ name }) => name)).toEqual(["x"]);
});

test("among several proofs nothing is guessed", () => {
  const pairing = pair([slip("a.slip", 1), slip("b.slip", 2)], [original("x", 9)]);
  expect(names(pairing)).toEqual([
    ["a.slip", undefined],
    ["b.slip", undefined],
  ]);
  expect(pairing.unmentioned.map(({ name }) => name)).toEqual(["x"]);
});
