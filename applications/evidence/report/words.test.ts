import { blanksOf } from "@acta/contract";
import { expect, test } from "vitest";
import { ENGLISH } from "./words.ts";
import zh from "./zh.json" with { type: "json" };

const chinese: Readonly<Record<string, string>> = zh;

test("the report has every sentence in both languages, and none too many", () => {
  expect(Object.keys(chinese)).toEqual(Object.keys(ENGLISH));
});

test.each(Object.entries(ENGLISH))("%s has the same blanks in Chinese, and is Chinese", (word, english) => {
  expect(blanksOf(chinese[word] ?? "").toSorted()).toEqual(blanksOf(english).toSorted());
  expect(chinese[word]).toMatch(/\p{Script=Han}/u);
});
