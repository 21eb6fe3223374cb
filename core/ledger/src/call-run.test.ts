import { describe, expect, test } from "vitest";
import { asAnn, inShort } from "../test/ledger.ts";
import { mischiefSource } from "../test/mischief.ts";
import { MemoryLedger } from "./memory-ledger.ts";

const open = () => new MemoryLedger({ contracts: [mischiefSource] });

function submit(ledger: MemoryLedger, action: string) {
  return ledger.submit({ signers: [asAnn], calls: [ledger.call("mischief", action, { name: "a" })] }).map(inShort);
}

describe("a refusal", () => {
  test("sticks where the contract catches it and goes on", () => {
    const ledger = open();
    expect(submit(ledger, "swallow")).toEqual([["mischief", "forbidden", {}]]);
    expect(ledger.record("mischief", "note", { name: "a" })).toBe(undefined);
  });

  test("is the first that was given", () => {
    expect(submit(open(), "replace")).toEqual([["mischief", "forbidden", {}]]);
  });
});

describe("halts, and changes nothing:", () => {
  const faults = [
    ["forge", "a forged refusal", /./],
    ["overflow", "a stack overflow", RangeError],
    ["fail", "an error of the contract", /a mistake of the contract/],
    ["wait", "an asynchronous contract", /is asynchronous/],
    ["updateAbsent", "an update of what is absent", /update for a record note that is absent/],
    ["removeAbsent", "a removal of what is absent", /remove for a record note that is absent/],
    ["getAbsent", "being sure of what is absent", /get for a record note that is absent/],
    ["writeTooMuch", "a value that the record does not take", /at most 10 characters/],
    ["enrol", "a contract that adds a signer", TypeError],
    ["undeclared", "an undeclared refusal", /does not declare/],
  ] as const;
  for (const [action, what, error] of faults) {
    test(what, () => {
      const ledger = open();
      const before = [ledger.height, ledger.appHash];
      let thrown: unknown;
      try {
        submit(ledger, action);
      } catch (caught) {
        thrown = caught;
      }
      if (error instanceof RegExp) expect(String((thrown as Error).message ?? "forged")).toMatch(error);
      else expect(thrown).toBeInstanceOf(error);
      expect([ledger.height, ledger.appHash]).toEqual(before);
    });
  }

  test("a context that is used after its call", () => {
    const ledger = open();
    submit(ledger, "keepOpen");
    expect(() => submit(ledger, "keepOpen")).toThrow(/went on after its call had ended/);
  });
});
