import { blanksOf } from "@acta/contract";
import { expect, test } from "vitest";
import { ENGLISH, sayIn, type Word } from "./words.ts";
import zh from "./zh.json" with { type: "json" };

test("every sentence stands in both languages, with the same blanks", () => {
  expect(Object.keys(zh)).toEqual(Object.keys(ENGLISH));
  for (const [word, sentence] of Object.entries(zh))
    expect([...blanksOf(sentence)].sort(), word).toEqual([...blanksOf(ENGLISH[word as Word])].sort()); // as just compared
});

test("Chinese sentences are Chinese, and English ones are not", () => {
  for (const [word, sentence] of Object.entries(zh)) expect(sentence, word).toMatch(/\p{Script=Han}/u);
  for (const [word, sentence] of Object.entries(ENGLISH)) expect(sentence, word).not.toMatch(/\p{Script=Han}/u);
});

test("says a sentence with its blanks filled", () => {
  expect(sayIn("zh")("work.checking", { done: "1,240", total: "2,000" })).toBe("1,240 / 2,000 已核验");
  expect(sayIn("en")("trust.block", { height: 7 })).toBe("block 7");
});
