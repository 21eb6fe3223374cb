import { action, anyone, consent, contract, kOf, record, role, signedBy, t } from "../src/index.ts";

/** An odd check digit, as a refinement would bring one. */
const endsInOdd = (value: string): boolean => /[13579]$/.test(value);
const reference = t.text("Bank reference", { max: 12, check: endsInOdd });
const receipt = t.sealed(t.file("Receipt of the bank"), { of: "entry.papers.receipt" });
const remark = t.optional(t.sealed(t.text("Remark"), { of: "entry.remark" }));

const records = {
  entry: record(
    "Payment booked",
    { office: t.path("Office"), reference },
    {
      from: t.party("From"),
      amount: t.money("Amount", { currency: "CNY", min: 1n }),
      papers: t.group({ receipt, count: t.integer("Count", { min: 1n, max: 9n }) }, "Papers"),
      remark,
      lines: t.optional(t.list(t.decimal("Line", { scale: 3 }), "Lines", { max: 3 })),
    },
    { history: true },
  ),
};

const book = action(records, {
  title: "Book a payment",
  input: { ...records.entry.key, ...records.entry.fields, state: t.choice(["a", "b"], "State") },
  allow: role("bank"),
  refusals: {
    "already-booked": "This reference was booked before.",
    "too-many": "It has {count} papers, and at most {most} are kept.",
  },
  apply({ input: { office, reference, state: _, ...entry }, state, refuse }) {
    if (entry.papers.count > 5n) return refuse("too-many", { count: entry.papers.count, most: "five" });
    state.entry.insert({ office, reference }, entry, "already-booked");
  },
});

const cancel = action(records, {
  title: "Cancel",
  input: { ...records.entry.key, by: t.party("By") },
  allow: kOf(2, consent("entry", "from"), signedBy("by"), role("auditor")),
  apply({ input: { office, reference }, state }) {
    state.entry.remove({ office, reference });
  },
});

const ping = action(records, { title: "Ping", input: {}, allow: anyone, apply() {} });

/** A contract that uses most of the language, for the tests of this package. */
export const escrow = contract({
  name: "escrow",
  title: "Payments",
  roles: { bank: "Confirms payments.", auditor: "Looks on." },
  records,
  actions: { book, cancel, ping },
  totals: { paid: { of: "entry", by: "office", sum: ["amount"] } },
  facets: { register: { record: "entry" } },
});

/** The functions that its manifest names. */
export const escrowCode = {
  apply: { book: escrow.actions.book.apply, cancel: escrow.actions.cancel.apply, ping: escrow.actions.ping.apply },
  checks: { endsInOdd },
};
