import { expect, test } from "vitest";
import { tallyLengths } from "./tally.ts";

test("a bar for each hex digit, 1 for 0 and 16 for f", () => {
  expect(tallyLengths("0f8a", 4)).toEqual([1, 16, 9, 11]);
  expect(tallyLengths("0f8a", 2)).toEqual([1, 16]);
});

test("what is no fingerprint has no tally", () => {
  expect(() => tallyLengths("0f", 3)).toThrow(RangeError);
  expect(() => tallyLengths("xyz", 2)).toThrow(RangeError);
});
