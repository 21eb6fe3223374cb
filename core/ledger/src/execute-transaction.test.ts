import { decode, encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { leafHash, listRoot } from "@acta/merkle";
import { changesRoot, decodeOutcome, outcomesRoot, parseResultData } from "@acta/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asAnn, inShort, openLedger } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";

const add = (ledger: MemoryLedger, name: string, by: bigint) => ledger.call("counter", "add", { name, by });
const counted = (ledger: MemoryLedger, name: string) => ledger.record("counter", "counter", { name })?.["value"];

describe("each", () => {
  test("gives every call its own verdict, each on its predecessors' writes", () => {
    const ledger = openLedger();
    const calls = [add(ledger, "a", 1n), add(ledger, "a", -5n), add(ledger, "a", 2n)];
    expect(ledger.submit({ signers: [asAnn], calls, mode: "each" }).map(inShort)).toEqual([
      "accepted",
      ["counter", "below-zero", { name: "a", value: -4 }],
      "accepted",
    ]);
    expect(counted(ledger, "a")).toBe(3n);
  });
});

describe("together", () => {
  test("keeps all or nothing: calls after the refused one have no bundle, those before keep theirs", () => {
    const ledger = openLedger();
    const root = ledger.stateRoot;
    const calls = [add(ledger, "a", 1n), add(ledger, "b", -5n), add(ledger, "c", 2n)];
    const { results, writes } = ledger.execute([ledger.sign({ signers: [asAnn], calls, mode: "together" })]);
    const outcomes = results[0]?.outcomes ?? [];
    expect(outcomes.map(({ index, verdict }) => [index, verdict])).toEqual([
      [0, "undone"],
      [1, "refused"],
      [2, "undone"],
    ]);
    expect(outcomes.map(({ bundleHash }) => bundleHash === null)).toEqual([false, false, true]);
    expect(outcomes.map(({ changesRoot }) => changesRoot)).toEqual([null, null, null]);
    expect(results[0]?.changes).toEqual([[], [], []]);
    expect([counted(ledger, "a"), counted(ledger, "c")]).toEqual([undefined, undefined]);
    // Replay protection is all that was written: the refused transaction is spent.
    expect(writes.map(([key]) => (decode(key) as readonly unknown[])[0])).toEqual([0, 8]);
    expect(ledger.stateRoot).not.toEqual(root);
  });

  test("a call sees what those before it wrote, and its changes are its own", () => {
    const ledger = openLedger();
    const calls = [add(ledger, "a", 1n), add(ledger, "a", 2n), add(ledger, "a", 0n)];
    const { results } = ledger.execute([ledger.sign({ signers: [asAnn], calls, mode: "together" })]);
    const hashOf = (value: number) => sha256(encode([1, new Map([["value", value]])]));
    const key = [2, "counter", "counter", "a"];
    expect(results[0]?.changes).toEqual([[[key, hashOf(1)]], [[key, hashOf(3)]], []]);
    expect(results[0]?.outcomes[2]?.changesRoot).toEqual(listRoot([]));
    expect(counted(ledger, "a")).toBe(3n);
  });

  test("has the same effect as each where nothing is refused, and none where something is", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.bigInt(-3n, 5n)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(steps, (adds) => {
        const [each, together] = (["each", "together"] as const).map((mode) => {
          const ledger = openLedger();
          const calls = adds.map(([name, by]) => add(ledger, name, by));
          const outcomes = ledger.submit({ signers: [asAnn], calls, mode });
          return { outcomes, values: ["a", "b", "c"].map((name) => counted(ledger, name)) };
        });
        const isRefused = each?.outcomes.some(({ verdict }) => verdict === "refused");
        if (isRefused) expect(together?.values).toEqual([undefined, undefined, undefined]);
        else expect(together?.values).toEqual(each?.values);
        expect(together?.outcomes.filter(({ verdict }) => verdict === "refused").length).toBe(isRefused ? 1 : 0);
        expect(together?.outcomes.some(({ verdict }) => verdict === "accepted")).toBe(!isRefused);
      }),
      { numRuns: 40, seed: 3 },
    );
  });
});

test("an outcome names its call, and the result leads to it", () => {
  const ledger = openLedger();
  const calls = [add(ledger, "a", 1n), add(ledger, "b", 1n), add(ledger, "c", -1n)];
  const bytes = ledger.sign({ signers: [asAnn], calls });
  const examination = ledger.examine(bytes);
  const [result] = ledger.execute([bytes]).results;
  if (!("transaction" in examination) || result === undefined) throw new Error("it is admissible");
  const { transaction } = examination;
  expect(result.outcomes.map(({ callHash }) => callHash)).toEqual(transaction.callBytes.map(leafHash));
  expect(result.outcomeBytes.map(decodeOutcome)).toEqual(result.outcomes);
  expect(parseResultData(result.data)).toEqual({
    identity: transaction.identity,
    signaturesHash: transaction.signaturesHash,
    outcomesRoot: outcomesRoot(result.outcomeBytes),
  });
  const roots = result.outcomes.map((outcome) => outcome.changesRoot);
  expect(roots).toEqual(result.changes.map((changes, index) => (index === 2 ? null : changesRoot(changes))));
});

test("what is removed is a change to null, and what never was is none", () => {
  const ledger = openLedger();
  ledger.submit({ signers: [asAnn], calls: [add(ledger, "a", 1n)] });
  const remove = ledger.call("counter", "remove", { name: "a" });
  const { results, writes } = ledger.execute([ledger.sign({ signers: [asAnn], calls: [remove] })]);
  const key = [2, "counter", "counter", "a"];
  expect(results[0]?.changes).toEqual([[[key, null]]]);
  expect(writes.map(([written, value]) => [written, value])).toContainEqual([encode(key), null]);
  const calls = [add(ledger, "a", 1n), remove];
  const there = ledger.execute([ledger.sign({ signers: [asAnn], calls, mode: "together" })]);
  expect(there.results[0]?.changes.map((changes) => changes.length)).toEqual([1, 1]);
  expect(there.writes.some(([written]) => (decode(written) as readonly unknown[])[0] === 2)).toBe(false);
});
