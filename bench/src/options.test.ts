import { expect, test } from "vitest";
import { ascending, oneOf, readOptions, UsageError, whole } from "./options.ts";

const table = { keys: { type: "string" }, mode: { type: "string" }, json: { type: "boolean" } } as const;

test("numbers are held to their bounds, and absent ones have a default", () => {
  const bounds = { otherwise: 7, least: 1, most: 100 };
  expect(whole(readOptions(["--keys", "100"], table), "keys", bounds)).toBe(100);
  expect(whole(readOptions([], table), "keys", bounds)).toBe(7);
  for (const wrong of ["0", "101", "1e2", "-5", "1.5", ""])
    expect(() => whole({ keys: wrong }, "keys", bounds)).toThrow(UsageError);
});

test("lists of numbers ascend", () => {
  expect(ascending({ keys: "1000,4000" }, "keys", [5], 1e7)).toEqual([1000, 4000]);
  expect(ascending({}, "keys", [5], 1e7)).toEqual([5]);
  for (const wrong of ["4000,1000", "5,5", "5,", "5 6"])
    expect(() => ascending({ keys: wrong }, "keys", [5], 1e7)).toThrow(UsageError);
});

test("the first word is the default, and no other than those listed is taken", () => {
  expect(oneOf({}, "mode", ["single", "batch"])).toBe("single");
  expect(oneOf({ mode: "batch" }, "mode", ["single", "batch"])).toBe("batch");
  expect(() => oneOf({ mode: "both" }, "mode", ["single", "batch"])).toThrow("single, batch");
});

test("an option that a command lacks is refused", () => {
  expect(() => readOptions(["--speed", "9"], table)).toThrow(UsageError);
});
