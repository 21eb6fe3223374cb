import { blanksOf } from "@acta/contract";
import { expect, test } from "vitest";
import { allCommands } from "./all-commands.ts";
import { helpOf } from "./help.ts";
import { ENGLISH, languageOf, sayIn } from "./words.ts";
import zh from "./zh.json" with { type: "json" };

const chinese: Readonly<Record<string, string>> = zh;

test("every sentence has its Chinese, with the same blanks", () => {
  for (const [word, english] of Object.entries(ENGLISH)) {
    expect(blanksOf(chinese[word] ?? "").toSorted(), word).toEqual(blanksOf(english).toSorted());
  }
});

test("every verb and every option of it is explained in Chinese", async () => {
  const { commands, wording } = await allCommands();
  const parts = commands.flatMap(({ name, options }) =>
    ["summary", "help", ...Object.keys(options)].map((part) => `${name}.${part}`),
  );
  expect(parts.filter((part) => !/\p{Script=Han}/u.test(wording[part] ?? ""))).toEqual([]);
  // What explains nothing any more is left over.
  expect(Object.keys(chinese).filter((key) => !Object.hasOwn(ENGLISH, key) && !parts.includes(key))).toEqual([]);
});

test("help comes in the language asked for, and in English where a verb has no Chinese", async () => {
  const { commands, wording } = await allCommands();
  const [status] = commands;
  if (status === undefined) throw new Error("There is no verb.");
  const voice = { say: sayIn("zh"), language: "zh", wording } as const;
  expect(helpOf(status, voice)).toContain("账本现在到哪里了。");
  expect(helpOf(status, { ...voice, wording: {} })).toContain("Where the ledger stands.");
  expect(helpOf(status, { ...voice, say: sayIn("en"), language: "en" })).toContain("--node");
});

test("the language is that of --lang, then of ACTA_LANG, then of the terminal", () => {
  expect(languageOf(["status", "--lang", "zh"], { ACTA_LANG: "en", LANG: "en_GB.UTF-8" })).toBe("zh");
  expect(languageOf(["status", "--lang=en"], { LANG: "zh_CN.UTF-8" })).toBe("en");
  expect(languageOf([], { ACTA_LANG: "zh", LC_ALL: "C" })).toBe("zh");
  expect(languageOf([], { ACTA_LANG: "", LC_ALL: "", LANG: "zh_CN.UTF-8" })).toBe("zh");
  expect(languageOf([], {})).toBe("en");
});
