import { encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { ann, asAnn, asRegistrar, inShort, openLedger, partyOfKey } from "../test/ledger.ts";

test("tells the outcome that the call has when it is entered next, and keeps nothing", () => {
  const ledger = openLedger();
  const open = ledger.call("register", "open", { thing: "flat", owner: partyOfKey(ann) });
  const before = ledger.appHash;
  const tried = [asRegistrar, asAnn].map(({ signer }) => ledger.dryRun([signer], open).outcome);
  expect(ledger.appHash).toEqual(before);
  const asEntered = [asRegistrar, asAnn].map((signer) => {
    const fresh = openLedger();
    return fresh.submit({ signers: [signer], calls: [open] })[0];
  });
  expect(tried).toEqual(asEntered);
});

test("shows the records before and after", () => {
  const ledger = openLedger();
  const add = (by: bigint) => ledger.call("counter", "add", { name: "a", by });
  const bytes = (value: number) => encode([1, new Map([["value", value]])]);
  const key = [2, "counter", "counter", "a"];
  expect(ledger.dryRun([asAnn.signer], add(1n)).records).toEqual([{ key, before: null, after: bytes(1) }]);
  ledger.submit({ signers: [asAnn], calls: [add(1n)] });
  expect(ledger.dryRun([asAnn.signer], add(2n)).records).toEqual([{ key, before: bytes(1), after: bytes(3) }]);
  const { outcome, records } = ledger.dryRun([asAnn.signer], add(-2n));
  expect([inShort(outcome), records]).toEqual([["counter", "below-zero", { name: "a", value: -1 }], []]);
});
