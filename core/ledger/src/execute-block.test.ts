import { compareBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { StateTree } from "@acta/merkle";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asAnn, asBob, asRegistrar, openLedger, partyOfKey, registrar } from "../test/ledger.ts";
import { type BlockExecution, executeBlock } from "./execute-block.ts";
import type { MemoryLedger } from "./memory-ledger.ts";

/** Blocks of transactions drawn from all kinds: accepted, refused, together, class one and two. */
const blocks = fc.array(
  fc.array(
    fc.record({
      kind: fc.constantFrom("add", "remove", "open", "transfer", "two"),
      name: fc.constantFrom("a", "b"),
      by: fc.bigInt(-2n, 3n),
      mode: fc.constantFrom("each" as const, "together" as const),
    }),
    { maxLength: 4 },
  ),
  { minLength: 1, maxLength: 5 },
);

type Drawn = typeof blocks extends fc.Arbitrary<infer B> ? B : never;

function execute(ledger: MemoryLedger, drawn: Drawn): BlockExecution[] {
  return drawn.map((transactions, index) => {
    const bytes = transactions.map(({ kind, name, by, mode }) => {
      const add = ledger.call("counter", "add", { name, by });
      const owner = partyOfKey(registrar);
      const calls = {
        add: [add],
        remove: [ledger.call("counter", "remove", { name })],
        open: [ledger.call("register", "open", { thing: name, owner }), add],
        transfer: [add, ledger.call("register", "transfer", { thing: name, newOwner: owner }), add],
        two: [add],
      }[kind];
      const signers = kind === "two" ? [asBob, asRegistrar] : kind === "add" ? [asAnn] : [asRegistrar];
      return ledger.sign({ signers, calls, mode });
    });
    return ledger.execute(bytes, { time: { seconds: ledger.time + 7 * index, nanoseconds: index } });
  });
}

describe("the same blocks", () => {
  test("give the same executions and app hash on another ledger", () => {
    fc.assert(
      fc.property(blocks, (drawn) => {
        const [one, other] = [openLedger(), openLedger()];
        expect(execute(one, drawn)).toEqual(execute(other, drawn));
        expect(toHex(one.appHash)).toBe(toHex(other.appHash));
      }),
      { numRuns: 15, seed: 21 },
    );
  });

  test("leave a state whose root does not depend on the order in which it is built", () => {
    fc.assert(
      fc.property(blocks, (drawn) => {
        const ledger = openLedger();
        execute(ledger, drawn);
        for (const entries of [ledger.entries(), ledger.entries().toReversed()]) {
          const tree = StateTree.empty();
          for (const [key, value] of entries) {
            tree.update([[sha256(key), sha256(value)]]);
            tree.commit();
          }
          expect(toHex(tree.root)).toBe(toHex(ledger.stateRoot));
        }
      }),
      { numRuns: 10, seed: 22 },
    );
  });

  test("read the same whatever order an input's map was built in", () => {
    const roots = [false, true].map((isReversed) => {
      const ledger = openLedger();
      const call = ledger.call("counter", "add", { name: "a", by: 1n });
      const entries = [...call.input];
      ledger.submit({
        signers: [asAnn],
        calls: [{ ...call, input: new Map(isReversed ? entries.toReversed() : entries) }],
      });
      return toHex(ledger.appHash);
    });
    expect(roots[0]).toBe(roots[1]);
  });
});

test("writes are in the order of the keys' bytes, once each, and only what differs", () => {
  fc.assert(
    fc.property(blocks, (drawn) => {
      const ledger = openLedger();
      for (const block of drawn) {
        const before = new Map(ledger.entries().map(([key, value]) => [toHex(key), toHex(value)]));
        const [execution] = execute(ledger, [block]);
        const { writes } = execution as BlockExecution;
        const keys = writes.map(([key]) => key);
        expect(keys.slice(1).every((key, index) => compareBytes(keys[index] as Uint8Array, key) < 0)).toBe(true);
        for (const [key, value] of writes) expect(before.get(toHex(key))).not.toBe(value ? toHex(value) : undefined);
      }
    }),
    { numRuns: 15, seed: 23 },
  );
});

test("a block is executed without changing what it is executed on, so that it can be executed again", () => {
  const ledger = openLedger();
  const bytes = ledger.sign({ signers: [asAnn], calls: [ledger.call("counter", "add", { name: "a", by: 1n })] });
  const time = { seconds: ledger.time + 1, nanoseconds: 0 };
  const block = { height: 1, time, transactions: [ledger.read(bytes)] };
  const before = ledger.entries();
  const first = executeBlock(ledger.environment, block);
  expect(executeBlock(ledger.environment, block)).toEqual(first);
  expect(ledger.entries()).toEqual(before);
  expect(ledger.execute([bytes])).toEqual(first);
});

test("a later transaction of a block sees what an earlier one wrote", () => {
  const ledger = openLedger();
  const one = (by: bigint) =>
    ledger.sign({ signers: [asAnn], calls: [ledger.call("counter", "add", { name: "a", by })] });
  const { results } = ledger.execute([one(2n), one(-2n), one(-1n)]);
  expect(results.map(({ outcomes }) => outcomes[0]?.verdict)).toEqual(["accepted", "accepted", "refused"]);
});
