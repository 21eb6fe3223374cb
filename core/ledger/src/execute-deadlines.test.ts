import { decode, toHex } from "@acta/bytes";
import { actionsRoot, type Call, type LedgerAction, ledgerActionFromCbor, ledgerActionToCbor } from "@acta/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asAnn, inShort } from "../test/ledger.ts";
import { letUntil, openRent } from "../test/rent.ts";
import { nextDue } from "./execute-block.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { dueKey } from "./state-key.ts";

const lease = (ledger: MemoryLedger, number: string) => ledger.record("rent", "lease", { number });
const submit = (ledger: MemoryLedger, ...calls: Call[]) => ledger.submit({ signers: [asAnn], calls }).map(inShort);

/** Executes a block so many seconds after the last, and says what the ledger did by itself. */
function pass(ledger: MemoryLedger, seconds: number, transactions: Uint8Array[] = []) {
  const time = { seconds: ledger.time + seconds, nanoseconds: 0 };
  return ledger.execute(transactions, { time });
}

const named = ({ name, verdict, refusal }: LedgerAction): unknown => [name, refusal?.code ?? verdict];

describe("a deadline", () => {
  test("passes at the first block whose time reaches it, with its own time as effect date", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60));
    const until = ledger.time + 59;
    expect(pass(ledger, 58).actions).toEqual([]);
    expect(nextDue(ledger.environment)).toBe(until);
    const { actions, actionChanges, writes } = pass(ledger, 4000);
    expect(actions).toEqual([
      {
        index: 0,
        due: until,
        contract: "rent",
        action: "end",
        name: "lease/1",
        verdict: "accepted",
        refusal: null,
        bundleHash: expect.any(Uint8Array),
        changesRoot: expect.any(Uint8Array),
      },
    ]);
    expect(actionChanges.map((changes) => changes.map(([key]) => key))).toEqual([[[2, "rent", "lease", "1"]]]);
    expect(lease(ledger, "1")).toEqual({ endedAt: BigInt(until), enteredAt: BigInt(ledger.time) });
    expect([writes.length > 0, nextDue(ledger.environment)]).toEqual([true, undefined]);
    expect(pass(ledger, 10).actions).toEqual([]);
  });

  test("is a record of the state while it is pending, which a proof can show", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60));
    const value = ledger.environment.state.get(dueKey("rent", "lease/1").bytes);
    const entry = new Map<string, unknown>([
      ["at", ledger.time + 59],
      ["input", new Map([["number", "1"]])],
      ["action", "end"],
    ]);
    expect(decode(value as Uint8Array)).toEqual([1, entry]);
  });

  test("can be moved, and taken back", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60), letUntil(ledger, "2", 60));
    submit(ledger, ledger.call("rent", "move", { number: "1", until: BigInt(ledger.time + 500) }));
    submit(ledger, ledger.call("rent", "keep", { number: "2" }), ledger.call("rent", "keep", { number: "3" }));
    expect(pass(ledger, 400).actions).toEqual([]);
    expect(pass(ledger, 400).actions.map(named)).toEqual([["lease/1", "accepted"]]);
  });

  test("that is refused is entered, changes nothing and does not come again", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "bad", 60));
    const { actions, actionChanges } = pass(ledger, 60);
    expect(actions.map(({ refusal, changesRoot }) => [refusal, changesRoot])).toEqual([
      [{ contract: "rent", code: "cannot-end", blanks: new Map([["number", "bad"]]) }, null],
    ]);
    expect([actionChanges, lease(ledger, "bad")]).toEqual([[[]], {}]);
    expect(pass(ledger, 60).actions).toEqual([]);
  });

  test("calls other contracts, which see the contract as caller and may refuse it", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "promised", 60));
    expect(pass(ledger, 60).actions.map(({ refusal }) => [refusal?.contract, refusal?.code])).toEqual([
      ["parcels", "not-promised"],
    ]);
  });

  test("does not pass where an earlier one of the same block took it back or moved it", () => {
    for (const [number, later] of [["kills", undefined] as const, ["moves", 100] as const]) {
      const ledger = openRent();
      submit(ledger, letUntil(ledger, number, 60), letUntil(ledger, "victim", 61));
      expect(pass(ledger, 100).actions.map(named)).toEqual([[`lease/${number}`, "accepted"]]);
      expect(nextDue(ledger.environment)).toBe(later && ledger.time + later);
    }
  });

  test("that sets the next one catches up a block at a time, each on its own date", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60, true));
    const first = ledger.time + 59;
    const dates = [pass(ledger, 3 * 86_400), pass(ledger, 1), pass(ledger, 1), pass(ledger, 1)].map(({ actions }) =>
      actions.map(({ due }) => (due - first) / 86_400),
    );
    expect(dates).toEqual([[0], [1], [2], []]);
  });

  test("is set only for what the action declares", () => {
    const ledger = openRent();
    expect(() => submit(ledger, ledger.call("rent", "stray", { number: "1" }))).toThrow(
      "schedules end, which the action does not declare",
    );
  });

  test("is refused, and halts nothing, where name or time cannot be", () => {
    const ledger = openRent();
    const early = ledger.call("rent", "let", { number: "1", until: -1n, renews: false });
    expect(submit(ledger, early, letUntil(ledger, "x".repeat(250), 60))).toEqual([
      ["ledger", "deadline-impossible", {}],
      ["ledger", "deadline-impossible", {}],
    ]);
  });

  test("nobody but the ledger carries out", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60));
    expect(submit(ledger, ledger.call("rent", "end", { number: "1" }))).toEqual([
      ["ledger", "not-entitled", { missing: "the ledger itself" }],
    ]);
  });

  test("passes before the block's transactions", () => {
    const ledger = openRent();
    submit(ledger, letUntil(ledger, "1", 60));
    const move = ledger.call("rent", "move", { number: "1", until: BigInt(ledger.time + 500) });
    const { actions } = pass(ledger, 60, [ledger.sign({ signers: [asAnn], calls: [move] })]);
    expect([actions.map(named), nextDue(ledger.environment)]).toEqual([
      [["lease/1", "accepted"]],
      ledger.time - 60 + 500,
    ]);
  });
});

describe("many deadlines", () => {
  test("pass as many in a block as the parameter says, in order, none lost or twice, whatever is done meanwhile", () => {
    const lets = fc.array(fc.tuple(fc.constantFrom("a", "bad", "b", "c"), fc.nat(3)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lets, fc.integer({ min: 1, max: 7 }), (drawn, actionsPerBlock) => {
        const ledger = openRent({ actionsPerBlock });
        const leases = drawn.map(([number, after], index) => ({ number: `${number}${index}`, after: 50 + after }));
        const start = ledger.time;
        submit(ledger, ...leases.map(({ number, after }) => letUntil(ledger, number, after)));
        const expected = leases
          .map(({ number, after }) => ({ name: `lease/${number}`, due: start + after }))
          .sort((a, b) => a.due - b.due || (a.name < b.name ? -1 : 1));
        const blocks = Math.ceil(leases.length / actionsPerBlock);
        const passed = Array.from({ length: blocks }, (_, index) =>
          pass(ledger, index === 0 ? 100 : 1, [
            ledger.sign({ signers: [asAnn], calls: [letUntil(ledger, `w${index}`, 900)] }),
          ]),
        );
        expect(passed.every(({ actions }) => actions.length <= actionsPerBlock)).toBe(true);
        expect(passed.flatMap(({ actions }) => actions.map(({ name, due }) => ({ name, due })))).toEqual(expected);
        expect(passed.every(({ results }) => results[0]?.outcomes[0]?.verdict === "accepted")).toBe(true);
        expect(nextDue(ledger.environment)).toBeGreaterThan(ledger.time);
      }),
      { numRuns: 20, seed: 42 },
    );
  });

  test("are entered in the log, and give the same app hash on another ledger", () => {
    const run = (): MemoryLedger => {
      const ledger = openRent();
      submit(ledger, letUntil(ledger, "1", 60), letUntil(ledger, "bad", 50), letUntil(ledger, "3", 60, true));
      const { actions } = pass(ledger, 90_000);
      expect(actionsRoot(actions)).toEqual(
        actionsRoot(actions.map((action) => ledgerActionFromCbor(ledgerActionToCbor(action)))),
      );
      return ledger;
    };
    expect(toHex(run().appHash)).toBe(toHex(run().appHash));
  });
});
