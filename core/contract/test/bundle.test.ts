import { readFileSync } from "node:fs";
import { decode, encode, fromHex, toHex } from "@acta/bytes";
import { expect, test } from "vitest";
import { bundleOf, describedBundle, hashOfBundle, manifestOf } from "../src/index.ts";
import { escrow } from "./escrow.ts";

type Case = Readonly<Record<"name" | "manifest" | "wordings" | "hash", string>>;

const file = new URL("../../../vectors/draft/contract/bundles.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Case[] }; // as write-vectors.ts wrote it

test.each(cases)("the vectors of bundles hold $name", ({ manifest, wordings, hash }) => {
  const bundle = { manifest: fromHex(manifest), wordings: fromHex(wordings) };
  expect(toHex(hashOfBundle(bundle))).toBe(hash);
  const described = describedBundle(bundle);
  expect(toHex(encode(manifestOf(described)))).toBe(manifest);
  expect(encode(decode(bundle.wordings))).toEqual(bundle.wordings);
});

test("a bundle with sentences of another contract, or of another form, is refused", () => {
  const { manifest } = bundleOf(escrow, {});
  for (const wrong of [
    { zh: 1 },
    { en: {} },
    { zh: {}, en: {} },
    { zh: { "titles.title": "产权" } },
    { zh: { "escrow.title": 1 } },
  ]) {
    const zh = Object.entries(wrong).map(([name, value]) => [
      name,
      typeof value === "object" ? new Map(Object.entries(value)) : value,
    ]);
    const wordings = encode(new Map(zh as never)); // of whatever form
    expect(() => describedBundle({ manifest, wordings })).toThrow("Its wordings are no sentences of escrow by key.");
  }
});
