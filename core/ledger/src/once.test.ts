import { decode, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { openInvoices } from "../test/invoices.ts";
import { ann, asAnn, asBob, bob, inShort, partyOfKey } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { onceKey, SPACE } from "./state-key.ts";

const invoice = (number: string, key = ann) => ({ seller: partyOfKey(key), number });
const refund = (ledger: MemoryLedger, number: string, fails = false) =>
  ledger.call("invoices", "refund", { ...invoice(number), fails });
const claim = (ledger: MemoryLedger, number: string, year: bigint, key = ann) =>
  ledger.call("grants", "claim", { ...invoice(number, key), year });

/** Executes calls as one transaction; gives what came of them, and its identity. */
function submit(ledger: MemoryLedger, calls: ReturnType<typeof refund>[], mode: "each" | "together" = "each") {
  const { results } = ledger.execute([ledger.sign({ signers: [asAnn], calls, mode })]);
  return { ends: results[0]?.outcomes.map(inShort), identity: toHex(results[0]?.identity as Uint8Array) };
}

const used = (scope: string, first: string) => ["ledger", "already-used", { scope, first }];

describe("what may be used once", () => {
  test("is refused a second time, pointing at the transaction that used it first", () => {
    const ledger = openInvoices();
    const { ends, identity } = submit(ledger, [refund(ledger, "1"), refund(ledger, "1")]);
    expect(ends).toEqual(["accepted", used("paid-out", identity)]);
    expect(submit(ledger, [refund(ledger, "2"), refund(ledger, "1")]).ends).toEqual([
      "accepted",
      used("paid-out", identity),
    ]);
    const value = ledger.environment.state.get(onceKey("invoices", "paid-out", [ann.party, "1"]).bytes);
    expect(
      toHex((decode(value as Uint8Array) as [number, Map<string, Uint8Array>])[1].get("first") as Uint8Array),
    ).toBe(identity);
  });

  test("is not used up by what was refused or undone", () => {
    const ledger = openInvoices();
    expect(submit(ledger, [refund(ledger, "1", true), refund(ledger, "1")]).ends).toEqual([
      ["invoices", "failed", {}],
      "accepted",
    ]);
    expect(submit(ledger, [refund(ledger, "2"), refund(ledger, "1")], "together").ends?.[0]).toBe("undone");
    expect(submit(ledger, [refund(ledger, "2")]).ends).toEqual(["accepted"]);
  });

  test("is one for all contracts in a shared scope, and each contract's own in others", () => {
    const ledger = openInvoices();
    const { identity } = submit(ledger, [refund(ledger, "1")]);
    const number = ledger.call("invoices", "number", { number: "2026" });
    const { ends } = submit(ledger, [number, claim(ledger, "1", 2026n), claim(ledger, "1", 2026n, bob)]);
    expect(ends).toEqual(["accepted", used("invoices.paid-out", identity), "accepted"]);
    const { ends: again } = submit(ledger, [claim(ledger, "3", 2026n)]);
    expect(again).toEqual([used("numbers", expect.any(String) as never)]);
  });

  test("is nobody else's where it is not shared", () => {
    const ledger = openInvoices();
    expect(submit(ledger, [ledger.call("grants", "intrude", { number: "1" })]).ends).toEqual([
      ["ledger", "version-not-in-force", { contract: "invoices", version: 1 }],
    ]);
  });

  test("is used by deadlines too, which a second use names", () => {
    const ledger = openInvoices();
    const later = ledger.call("grants", "claimLater", invoice("1"));
    submit(ledger, [later]);
    const { actions } = ledger.execute([], { time: { seconds: ledger.time + 20, nanoseconds: 0 } });
    expect(actions.map(({ verdict }) => verdict)).toEqual(["accepted"]);
    expect(submit(ledger, [refund(ledger, "1")]).ends).toEqual([used("paid-out", "grants claim (2)")]);
    submit(ledger, [later]);
    const next = ledger.execute([], { time: { seconds: ledger.time + 20, nanoseconds: 0 } });
    expect(next.actions.map(({ refusal }) => refusal?.code)).toEqual(["already-used"]);
  });

  test("is asked for after the rule, and leaves nothing in a dry run", () => {
    const ledger = openInvoices();
    expect(ledger.dryRun([asBob.signer], refund(ledger, "1")).outcome.verdict).toBe("accepted");
    const spaces = ledger.entries().map(([key]) => (decode(key) as readonly unknown[])[0]);
    expect(spaces).not.toContain(SPACE.once);
  });
});
