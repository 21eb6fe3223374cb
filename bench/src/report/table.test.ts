import { expect, test } from "vitest";
import { rounded, tableInWords } from "./table.ts";

test("columns line up, names to the left and numbers to the right", () => {
  const table = {
    title: "rates",
    columns: ["one", "two"],
    rows: [
      ["operations", 12_345, "–"],
      ["share", 0.5, 1],
    ],
  } as const;
  expect(tableInWords(table)).toBe(
    ["rates          one  two", "operations  12,345    –", "share          0.5    1"].join("\n"),
  );
});

test("rounding gives numbers, not texts", () => {
  expect(rounded(1.2345, 2)).toBe(1.23);
  expect(rounded(2.5)).toBe(3);
});
