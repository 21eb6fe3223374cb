import { toHex } from "@acta/bytes";
import { expect, test } from "vitest";
import { testKey } from "./memory-genesis.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { asRegistered } from "./sign-transaction.ts";

test("an operator advances the demo clock", () => {
  const operator = testKey("operator");
  const ledger = new MemoryLedger({
    demo: true,
    institutions: { operator: { keys: [operator], roles: [["operation", "operator"]] } },
  });
  const root = toHex(ledger.stateRoot);
  const [outcome] = ledger.submit({
    signers: [asRegistered(operator, { roles: [["operation", "operator"]] })],
    calls: [ledger.call("operation", "advanceDemoClock", { seconds: 60n })],
  });
  expect(outcome).toMatchObject({ verdict: "accepted", refusal: null });
  expect(ledger.record("operation", "clock", {})).toEqual({ demo: true, offset: 60n });
  expect(toHex(ledger.stateRoot)).not.toBe(root);
});
