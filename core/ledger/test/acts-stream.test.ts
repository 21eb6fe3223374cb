import { readFileSync, writeFileSync } from "node:fs";
import { decode, fromHex } from "@acta/bytes";
import { decodeOutcome, ledgerActionFromCbor } from "@acta/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import { makeActs, type RecordedActs, replayAll } from "./acts-stream.ts";

const FILE = new URL("../../../vectors/draft/ledger/acts.json", import.meta.url);

describe("the recorded stream of acts", () => {
  let acts: RecordedActs;

  beforeAll(() => {
    // Recording anew is for a change of format alone, and a decision says why.
    if (process.env["ACTA_RECORD"] === "ledger-acts") writeFileSync(FILE, `${JSON.stringify(makeActs(), null, 1)}\n`);
    acts = JSON.parse(readFileSync(FILE, "utf8")) as RecordedActs; // as `makeActs` wrote it
  });

  test("gives the same outcomes, actions and app hashes for ever", () => {
    expect(replayAll(acts)).toEqual(acts);
  });

  test("holds deadlines that pass and that are refused, never more in a block than the parameter says", () => {
    const actions = acts.blocks.map((block) =>
      block.actions.map((bytes) => ledgerActionFromCbor(decode(fromHex(bytes)))),
    );
    expect(Math.max(...actions.map(({ length }) => length))).toBe(3);
    const ends = new Set(actions.flat().map(({ verdict, refusal }) => refusal?.code ?? verdict));
    expect([...ends].sort()).toEqual(["accepted", "already-used", "cannot-end"]);
  });

  test("holds refusals of called contracts and second uses", () => {
    const outcomes = acts.blocks.flatMap(({ outcomes }) =>
      outcomes.flat().map((bytes) => decodeOutcome(fromHex(bytes))),
    );
    const refusals = outcomes.flatMap(({ refusal }) =>
      refusal === null ? [] : [`${refusal.contract}/${refusal.code}`],
    );
    expect([...new Set(refusals)].sort()).toEqual([
      "census/never",
      "deal/no-parcel",
      "ledger/already-used",
      "parcels/promised",
    ]);
  });
});
