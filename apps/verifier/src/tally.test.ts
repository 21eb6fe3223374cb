import { expect, test } from "vitest";
import { barLengths, HALF, leftHalf, type Picture, rightHalf } from "./tally.ts";

const fingerprint = "0f8c5a3d1b7e94620f8c5a3d1b7e9462";

test("draws one bar for each of the first sixteen hex digits, longer for higher digits", () => {
  const lengths = barLengths(fingerprint);
  expect(lengths).toHaveLength(16);
  expect(lengths.slice(0, 2)).toEqual([12, 192]);
  expect(barLengths("8")[0]).toBe(108);
});

test("valid halves mirror each other bar by bar", () => {
  expect(rightHalf("meets", fingerprint)).toEqual(leftHalf(fingerprint));
});

test("halves of another fingerprint neither touch the seam nor stand in line", () => {
  const left = leftHalf(fingerprint);
  rightHalf("misses", "ff00").forEach((bar, index) => {
    expect(bar.x).toBeGreaterThan(0);
    expect(bar.y).not.toBe(left[index]?.y);
  });
});

test("each picture differs from all others by shape alone", () => {
  const pictures: Picture[] = ["meets", "misses", "broken", "stopped", "unknown", "dotted", "notYet"];
  const shapes = pictures.map((picture) => JSON.stringify(rightHalf(picture, fingerprint)));
  expect(new Set(shapes).size).toBe(pictures.length);
});

test("no bar leaves its half by more than the wall's edge", () => {
  for (const bar of rightHalf("broken", "f".repeat(16)))
    expect(bar.x + bar.width).toBeLessThanOrEqual(HALF.length + 10);
});
