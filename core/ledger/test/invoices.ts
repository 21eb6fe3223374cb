import { action, anyone, contract, ledger, type Time, t } from "@acta/contract";
import type { ContractSource } from "../src/contract-library.ts";
import { MemoryLedger } from "../src/memory-ledger.ts";

const invoice = { seller: t.party("Seller"), number: t.text("Number", { max: 20 }) };

/** Owns the scope in which an invoice is used once, whoever uses it. */
export const invoices = contract({
  name: "invoices",
  title: "Invoices",
  roles: {},
  records: {},
  scopes: { "paid-out": "An invoice that money was paid out for, by its seller and number." },
  actions: {
    refund: action(
      {},
      {
        title: "Refund",
        input: { ...invoice, fails: t.flag("Fails") },
        allow: anyone,
        refusals: { failed: "It failed." },
        once: [{ scope: "paid-out", key: ["seller", "number"] }],
        apply({ input, refuse }) {
          if (input.fails) return refuse("failed");
        },
      },
    ),
    number: action(
      {},
      {
        title: "Take a number",
        input: { number: invoice.number },
        allow: anyone,
        once: [{ scope: "numbers", key: ["number"] }],
        apply() {},
      },
    ),
  },
});

/** Uses that scope too, and one of its own, by itself and at deadlines. */
export const grants = contract({
  name: "grants",
  title: "Grants",
  roles: {},
  records: {},
  actions: {
    claim: action(
      {},
      {
        title: "Claim",
        input: { ...invoice, year: t.integer("Year") },
        allow: anyone,
        once: [
          { scope: "numbers", key: ["year"] },
          { scope: invoices.scopes["paid-out"], key: ["seller", "number"] },
        ],
        apply() {},
      },
    ),
    intrude: action(
      {},
      {
        title: "Use what is not shared",
        input: { number: invoice.number },
        allow: anyone,
        once: [
          {
            scope: {
              ...invoices.scopes["paid-out"],
              reference: { contract: "invoices", version: 1, scope: "numbers" },
            },
            key: ["number"],
          },
        ],
        apply() {},
      },
    ),
    claimLater: action(
      {},
      {
        title: "Claim later",
        input: invoice,
        allow: anyone,
        schedules: { claimNow: invoice },
        apply({ input, block, schedule }) {
          schedule("claim", (block.time + 10n) as Time, "claimNow", input);
        },
      },
    ),
    claimNow: action(
      {},
      {
        title: "Claim now",
        input: invoice,
        allow: ledger,
        once: [{ scope: invoices.scopes["paid-out"], key: ["seller", "number"] }],
        apply() {},
      },
    ),
  },
});

/** A ledger with both. */
export function openInvoices(): MemoryLedger {
  const source: ContractSource = { contracts: [invoices, grants], wording: {} };
  return new MemoryLedger({ contracts: [source] });
}
