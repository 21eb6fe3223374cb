import { describe, expect, test } from "vitest";
import { inShort } from "../../test/ledger.ts";
import { testKey } from "../memory-genesis.ts";
import { MemoryLedger } from "../memory-ledger.ts";
import { asRegistered, asStranger } from "../sign-transaction.ts";

const operator = testKey("operator");
const roles = [["operation", "operator"]] as const;
const HUNDRED_YEARS = 3_155_760_000n;

const open = (demo: boolean) => new MemoryLedger({ demo, institutions: { operator: { keys: [operator], roles } } });

function act(ledger: MemoryLedger, action: string, input: object, signer = asRegistered(operator, { roles })) {
  const call = ledger.call("operation", action, { ...input });
  return ledger.submit({ signers: [signer], calls: [call] }).map(inShort)[0];
}

describe("the demo clock", () => {
  test("is advanced by the operator, and adds up", () => {
    const ledger = open(true);
    expect(act(ledger, "advanceDemoClock", { seconds: 60n })).toBe("accepted");
    expect(act(ledger, "advanceDemoClock", { seconds: 5n })).toBe("accepted");
    expect(ledger.record("operation", "clock", {})).toEqual({ demo: true, offset: 65n });
  });

  test("is no one else's to move", () => {
    const ledger = open(true);
    expect(act(ledger, "advanceDemoClock", { seconds: 60n }, asStranger(testKey("ann")))).toEqual([
      "ledger",
      "not-entitled",
      { missing: "an operator" },
    ]);
  });

  test("is not there on a ledger that is no demo", () => {
    expect(act(open(false), "advanceDemoClock", { seconds: 60n })).toEqual(["operation", "not-demo", {}]);
  });

  test("goes forward only, and a hundred years at most", () => {
    const ledger = open(true);
    expect(() => act(ledger, "advanceDemoClock", { seconds: 0n })).toThrow(/at least 1/);
    expect(act(ledger, "advanceDemoClock", { seconds: HUNDRED_YEARS })).toBe("accepted");
    expect(act(ledger, "advanceDemoClock", { seconds: 1n })).toEqual(["operation", "too-far", {}]);
  });
});

describe("a confirmation of the clock", () => {
  test("is entered with the time of its block", () => {
    const ledger = open(false);
    expect(act(ledger, "confirmClock", { time: BigInt(ledger.time + 601) })).toBe("accepted");
    expect(ledger.record("operation", "clock", {})).toMatchObject({ confirmedAt: BigInt(ledger.time) });
  });

  test("is refused where the time is more than ten minutes from the block's", () => {
    const ledger = open(false);
    for (const away of [602n, -600n]) {
      expect(act(ledger, "confirmClock", { time: BigInt(ledger.time) + away })).toEqual([
        "operation",
        "clock-differs",
        { seconds: 601 },
      ]);
    }
  });
});
