import { expect, test } from "vitest";
import { readVectors } from "../test/vectors.ts";
import {
  areSorted,
  hasTwoThirds,
  sortValidators,
  totalPower,
  type Validator,
  validatorAddress,
  validatorsHash,
} from "./validator-set.ts";

const sets = readVectors().map(({ validators }) => validators);

test("an address is the first twenty bytes of the key's SHA-256, for either algorithm", () => {
  for (const validator of sets.flat()) expect(validatorAddress(validator)).toEqual(validator.address);
});

test("CometBFT's order is recognised, and no other", () => {
  for (const set of sets) {
    expect(areSorted(set)).toBe(true);
    expect(areSorted(set.toReversed())).toBe(set.length === 1);
  }
});

test("a key that stands twice is not in order", () => {
  const [set] = sets;
  const twice = sortValidators([...(set ?? []), ...(set ?? [])]);
  expect(areSorted(twice)).toBe(false);
});

test("two thirds must be passed, not reached", () => {
  expect(hasTwoThirds(2, 3)).toBe(false);
  expect(hasTwoThirds(3, 3)).toBe(true);
  expect(hasTwoThirds(67, 100)).toBe(true);
  expect(hasTwoThirds(66, 100)).toBe(false);
  expect(hasTwoThirds(6, 10)).toBe(false);
  expect(hasTwoThirds(7, 10)).toBe(true);
});

test("two thirds are counted exactly up to 2^53", () => {
  const total = 2 ** 53 - 1; // three does not divide it: two thirds are 6004799503160660.67
  expect(hasTwoThirds(6_004_799_503_160_660, total)).toBe(false);
  expect(hasTwoThirds(6_004_799_503_160_661, total)).toBe(true);
});

test("powers that add up to 2^53 are refused", () => {
  const half: Validator = { algorithm: -19, publicKey: new Uint8Array(32), power: 2 ** 52 };
  expect(totalPower([half])).toBe(2 ** 52);
  expect(() => totalPower([half, half])).toThrow(expect.objectContaining({ code: "out-of-range" }));
});

test("a key of another algorithm's length is refused", () => {
  const wrong: Validator = { algorithm: -49, publicKey: new Uint8Array(32), power: 1 };
  expect(() => validatorsHash([wrong])).toThrow(expect.objectContaining({ code: "malformed-validator" }));
});
