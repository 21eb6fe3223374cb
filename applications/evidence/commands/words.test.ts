import { blanksOf } from "@acta/contract";
import { expect, test } from "vitest";
import { commands, wording } from "../commands.ts";
import { ENGLISH } from "./words.ts";

test("every sentence, every verb and every option has its Chinese, and none is left over", () => {
  const help = commands.flatMap(({ name, options }) =>
    ["summary", "help", ...Object.keys(options)].map((part) => `${name}.${part}`),
  );
  expect(Object.keys(wording).toSorted()).toEqual([...Object.keys(ENGLISH), ...help].toSorted());
  for (const [word, sentence] of Object.entries(wording)) expect(sentence, word).toMatch(/\p{Script=Han}/u);
});

test.each(Object.entries(ENGLISH))("%s has the same blanks in Chinese", (word, english) => {
  expect(blanksOf(wording[word] ?? "").toSorted()).toEqual(blanksOf(english).toSorted());
});
