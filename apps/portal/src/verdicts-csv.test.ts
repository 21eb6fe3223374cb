import { expect, test } from "vitest";
import type { StoredDeposit } from "./desk/memory.ts";
import { verdictsCsv } from "./verdicts-csv.ts";

const deposit = (name: string): StoredDeposit => ({
  deposit: "00",
  ledgerId: "11",
  name,
  size: 1,
  sha256: "aa",
  addedAt: 0,
  transaction: "bb",
  call: 0,
  opening: new Uint8Array(),
  isSaved: false,
  result: { verdict: "accepted", slip: new Uint8Array(), height: 7, noLaterThan: 0 },
});

test("the table has a row for each file, its text quoted where it must be", () => {
  const [head, row] = verdictsCsv([deposit('a "b", c.txt')], ["a.slip"]).split("\r\n");
  expect(head).toBe("\uFEFFfile,slip,sha256,verdict,reason,transaction,height");
  expect(row).toBe('"a ""b"", c.txt",a.slip,aa,accepted,,bb,7');
});

test("no file's name becomes a formula", () => {
  expect(verdictsCsv([deposit("=HYPERLINK(1)")], ["a.slip"])).toContain("\r\n'=HYPERLINK(1),");
});
