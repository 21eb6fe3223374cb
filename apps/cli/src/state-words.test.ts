import { type CborValue, encode, map } from "@acta/bytes";
import type { ProvedRecord } from "@acta/protocol";
import { branches } from "@acta/testing";
import { expect, test } from "vitest";
import { stateLines } from "./state-words.ts";

const entry = (key: CborValue, value: CborValue | null): ProvedRecord => ({
  keyBytes: encode(key),
  key,
  valueBytes: value === null ? null : encode(value),
  ...(value === null ? {} : { value }),
});
const said = (...records: ProvedRecord[]) => stateLines(records, [branches], "en");
const total = (...rest: CborValue[]): CborValue => [5, "branches", "members", ...rest];
const counter = (fields: readonly (readonly [string, CborValue])[]): CborValue => [
  1,
  map(fields.map((each) => [...each])),
];

test("a day's missing value is not said to show that nothing was counted, unless the value that began on it stands beside it", () => {
  const missing = entry(total("44", 20_600), null);
  const first = entry(
    total("44", "now"),
    counter([
      ["count", 2],
      ["since", 20_600],
    ]),
  );
  const elsewhere = entry(
    total("45", "now"),
    counter([
      ["count", 2],
      ["since", 20_600],
    ]),
  );
  expect(said(missing)).toEqual(['[5,"branches","members","44",20600]: —']);
  expect(said(missing, elsewhere)[0]).toBe('[5,"branches","members","44",20600]: —');
  expect(said(missing, first)[0]).toBe("total branches.members under 44: nothing was counted before 2026-05-27");
});

test("a missing version is not said to show that no change was kept", () => {
  expect(said(entry([3, "branches", "chair", "44"], null))).toEqual([
    "record branches.chair 44: no change of it was ever kept",
  ]);
  expect(said(entry([3, "branches", "chair", "44", 812], null))).toEqual(['[3,"branches","chair","44",812]: —']);
});

test("what has not the form that this release knows is shown as it is", () => {
  expect(said(entry([2, "branches", "chair", "44"], [1, map([["colour", "red"]])]))).toEqual([
    '[2,"branches","chair","44"]: [1,{"colour":"red"}]',
  ]);
  expect(said(entry(total("44", "now"), "odd"))).toEqual(['[5,"branches","members","44","now"]: odd']);
  expect(said(entry([0, "zone"], 480), entry("any", null))).toEqual([
    "the ledger's days begin 480 minutes ahead of UTC",
    "any: —",
  ]);
});
