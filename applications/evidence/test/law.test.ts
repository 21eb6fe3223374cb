import { readFileSync } from "node:fs";
import { encode } from "@acta/bytes";
import {
  checkApplicationWording,
  codecOf,
  contractFromManifest,
  findNondeterminism,
  lawPage,
  manifestOf,
  timeFromText,
} from "@acta/contract";
import { describe, expect, test } from "vitest";
import { application, evidence } from "../index.ts";
import { sample } from "../sample.ts";

test("the law reads so in English", async () => {
  await expect(lawPage(evidence)).toMatchFileSnapshot("law.en.md");
});

test("the law reads so in Chinese", async () => {
  await expect(lawPage(evidence, application.wording, "zh")).toMatchFileSnapshot("law.zh.md");
});

test("every sentence has its Chinese, with the same blanks", () => {
  expect(checkApplicationWording(application)).toEqual({ missing: [], stale: [], differingBlanks: [] });
});

test("the manifest with its functions is the contract again", () => {
  const apply = Object.fromEntries(Object.entries(evidence.actions).map(([name, action]) => [name, action.apply]));
  expect(encode(manifestOf(contractFromManifest(manifestOf(evidence), { apply })))).toEqual(
    encode(manifestOf(evidence)),
  );
});

test("nothing in its source differs from machine to machine", () => {
  const source = readFileSync(new URL("../evidence.ts", import.meta.url), "utf8");
  expect(findNondeterminism(source)).toEqual([]);
});

describe("the sample", () => {
  test("is of the contract's shapes", () => {
    const { input } = evidence.actions.deposit;
    for (const { deposit, custody } of sample) {
      expect(codecOf(input.deposit, "form").fromJson(deposit)).toBe(deposit);
      for (const { event, statedAt } of custody) {
        expect(codecOf(evidence.actions.custody.input.event, "form").fromJson(event)).toBe(event);
        expect(timeFromText(statedAt)).toBeGreaterThan(0n);
      }
    }
  });

  test("has three deposits of different numbers, and says to whom each file was handed", () => {
    expect(new Set(sample.map(({ deposit }) => deposit)).size).toBe(3);
    const handed = sample.flatMap(({ custody }) =>
      custody.filter(({ event }) => event === "transferred" || event === "returned"),
    );
    expect(handed.every(({ handedTo }) => handedTo !== undefined)).toBe(true);
  });
});
