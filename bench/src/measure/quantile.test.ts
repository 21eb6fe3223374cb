import { expect, test } from "vitest";
import { median, quantile } from "./quantile.ts";

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test("a quantile is the value of the nearest rank, in whatever order they come", () => {
  expect([0, 0.01, 0.5, 0.99, 1].map((q) => quantile(hundred, q))).toEqual([1, 1, 50, 99, 100]);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([10, 9, 2], 0.5)).toBe(9);
});

test("of an even number the lower middle is taken, and nothing has the quantile 0", () => {
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([])).toBe(0);
});
