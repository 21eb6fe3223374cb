import { expect, test } from "vitest";
import { leftHalf, rightHalf } from "./tally.ts";

const fingerprint = "0f".repeat(32);

test("a bar is as long as its digit", () => {
  expect(leftHalf(fingerprint).map(({ width }) => width)).toEqual(Array(8).fill([12, 192]).flat());
});

test("the halves meet only where the proof is valid", () => {
  const left = leftHalf(fingerprint);
  expect(rightHalf("meets", fingerprint)).toEqual(left);
  for (const picture of ["misses", "broken", "stopped", "dotted", "unknown"] as const)
    expect(rightHalf(picture, fingerprint)).not.toEqual(left);
});
