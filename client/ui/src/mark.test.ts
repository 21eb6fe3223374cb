import { expect, test } from "vitest";
import { BRAND_MARK, type Fit, markPaths } from "./mark.ts";

const FITS: readonly Fit[] = ["meets", "waits", "misses", "broken", "stopped", "hollow", "unknown", "dotted", "notYet"];

test("every fit has a shape of its own, so that no meaning hangs on colour", () => {
  const shapes = FITS.map((fit) => JSON.stringify(markPaths(fit)));
  expect(new Set(shapes).size).toBe(FITS.length);
});

test("the half in the hand is the same in every mark but the hollow one", () => {
  const left = "M6 2.5h6v3.25h-6zM2 7.75h10v3.25h-10zM8 13h4v3.25h-4zM4 18.25h8v3.25h-8z";
  for (const fit of FITS.filter((each) => each !== "hollow")) expect(markPaths(fit).fill.startsWith(left)).toBe(true);
  expect(markPaths("hollow").fill).toBe("");
});

test("the project's mark runs through the seam", () => {
  expect(BRAND_MARK).toBe("M6 2.5h12v3.25h-12zM2 7.75h20v3.25h-20zM8 13h8v3.25h-8zM4 18.25h16v3.25h-16z");
});
