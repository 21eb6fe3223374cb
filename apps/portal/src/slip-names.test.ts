import { expect, test } from "vitest";
import { slipNames } from "./slip-names.ts";

test("files of one name get slips of different names", () => {
  const files = [{ name: "a.txt" }, { name: "b.txt" }, { name: "a.txt" }, { name: "a.txt" }];
  expect(slipNames(files)).toEqual(["a.txt.slip", "b.txt.slip", "a.txt-2.slip", "a.txt-3.slip"]);
});

test("a name that is taken by another file's number is not taken twice", () => {
  expect(slipNames([{ name: "a-2" }, { name: "a" }, { name: "a" }])).toEqual(["a-2.slip", "a.slip", "a-3.slip"]);
});
