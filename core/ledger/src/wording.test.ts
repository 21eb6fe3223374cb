import { blanksOf, checkApplicationWording } from "@acta/contract";
import { describe, expect, test } from "vitest";
import { builtIn } from "./contracts/built-in.ts";
import { inadmissible } from "./inadmissible.ts";
import { ledgerRefusals } from "./refusal.ts";
import chinese from "./zh.json" with { type: "json" };

/** Every sentence of the ledger itself, in English, by its key. */
const sentences = new Map<string, string>([
  ...Object.entries(ledgerRefusals).map(([code, sentence]) => [`ledger.refusals.${code}`, sentence] as const),
  ...Object.entries(inadmissible).flatMap(([code, { meaning, remedy }]) => [
    [`ledger.inadmissible.${code}.meaning`, meaning] as const,
    [`ledger.inadmissible.${code}.remedy`, remedy] as const,
  ]),
]);

describe("every sentence of the ledger has one in Chinese", () => {
  test("under the same keys", () => {
    expect(Object.keys(chinese).sort()).toEqual([...sentences.keys()].sort());
  });

  test("with the same blanks", () => {
    for (const [key, sentence] of Object.entries(chinese)) {
      expect([key, [...blanksOf(sentence)].sort()]).toEqual([key, [...blanksOf(sentences.get(key) ?? "")].sort()]);
    }
  });

  test("and so has every sentence of the built-in contracts", () => {
    expect(checkApplicationWording(builtIn)).toEqual({ missing: [], stale: [], differingBlanks: [] });
  });
});
