import { expect, test } from "vitest";
import { ENGLISH, sayIn, type Word } from "./words.ts";
import zh from "./zh.json" with { type: "json" };

const blanksOf = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();

test("every sentence stands in both languages, with the same blanks", () => {
  const chinese: Readonly<Record<string, string>> = zh;
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(ENGLISH).sort());
  for (const [word, sentence] of Object.entries(ENGLISH)) {
    expect([word, blanksOf(chinese[word] ?? "")]).toEqual([word, blanksOf(sentence)]);
  }
});

test("a sentence is said with its blanks filled", () => {
  const word: Word = "sign.titleMany";
  expect(sayIn("en")(word, { count: 3 })).toBe("Deposit 3 files under one signature");
  expect(sayIn("zh")(word, { count: 3 })).toBe("一次签署，存证 3 个文件");
});
