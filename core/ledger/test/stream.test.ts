import { readFileSync, writeFileSync } from "node:fs";
import { fromHex, toHex } from "@acta/bytes";
import { decodeOutcome } from "@acta/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import { MemoryLedger } from "../src/memory-ledger.ts";
import { makeStream, type RecordedStream, recordedContracts, replay } from "./stream.ts";

const FILE = new URL("../../../vectors/draft/ledger/stream.json", import.meta.url);

describe("the recorded stream of blocks", () => {
  let stream: RecordedStream;

  beforeAll(() => {
    // Recording anew is for a change of format alone, and a decision says why.
    if (process.env["ACTA_RECORD"] === "ledger") writeFileSync(FILE, `${JSON.stringify(makeStream(), null, 1)}\n`);
    stream = JSON.parse(readFileSync(FILE, "utf8")) as RecordedStream; // as `makeStream` wrote it
  });

  test("gives the same outcomes and app hashes for ever", () => {
    const ledger = new MemoryLedger({ genesisBytes: fromHex(stream.genesis), contracts: recordedContracts });
    expect(toHex(ledger.appHash)).toBe(stream.appHash);
    for (const block of stream.blocks) expect(replay(ledger, block)).toMatchObject(block);
  });

  test("holds every verdict, and every refusal of the ledger but that of a key revoked in the same block", () => {
    const outcomes = stream.blocks.flatMap((block) =>
      block.outcomes.flat().map((bytes) => decodeOutcome(fromHex(bytes))),
    );
    expect([...new Set(outcomes.map(({ verdict }) => verdict))].sort()).toEqual(["accepted", "refused", "undone"]);
    const refusals = outcomes.flatMap(({ refusal }) => (refusal?.contract === "ledger" ? [refusal.code] : []));
    expect([...new Set(refusals)].sort()).toEqual([
      "contract-changed",
      "malformed-input",
      "not-entitled",
      "power-not-held",
      "record-changed",
      "sealed-elsewhere",
      "unknown-action",
      "unknown-contract",
    ]);
  });
});
