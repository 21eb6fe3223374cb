import { action, anyone, contract, record, t } from "@acta/contract";

const entry = t.id("entry", "Number of the entry", { bytes: 16 });
const counter = t.text("Counter", { max: 20 });
const fields = {
  place: t.path("Place"),
  kind: t.choice(["full", "part"], "Kind"),
  amount: t.integer("Amount", { min: 0n, max: 1_000_000n }),
};

const records = {
  counted: record("Counted entry", { entry }, fields),
  plain: record("Entry that no total counts", { entry }, fields),
  counter: record("Counter", { counter }, { sum: t.integer("Sum") }),
};

/** Enters a record that the total counts. */
const count = action(records, {
  title: "Enter a counted record",
  input: { entry, ...fields },
  allow: anyone,
  refusals: { "entry-exists": "There is an entry of this number." },
  apply({ input: { entry, ...values }, state }) {
    state.counted.insert({ entry }, values, "entry-exists");
  },
});

// The same record without a total: what counting costs is the difference.
const enter = action(records, {
  title: "Enter a record",
  input: { entry, ...fields },
  allow: anyone,
  refusals: { "entry-exists": "There is an entry of this number." },
  apply({ input: { entry, ...values }, state }) {
    state.plain.insert({ entry }, values, "entry-exists");
  },
});

// Refuses nobody: whatever is not accepted here is the ledger's doing.
const add = action(records, {
  title: "Add to a counter",
  input: { counter, amount: t.integer("Amount", { min: 1n, max: 1_000_000n }) },
  allow: anyone,
  apply({ input: { counter, amount }, state }) {
    const before = state.counter.find({ counter });
    if (before === undefined) state.counter.insert({ counter }, { sum: amount }, "counter-exists");
    else state.counter.update({ counter }, { sum: before.sum + amount });
  },
  refusals: { "counter-exists": "There is a counter of this name." },
});

/** Records with and without totals, and counters that many write at once. Only measurements use it. */
export const tally = contract({
  name: "tally",
  title: "Tally",
  roles: {},
  records,
  totals: {
    places: { of: "counted", by: "place", split: ["kind"], sum: ["amount"], history: "day" },
  },
  actions: { count, enter, add },
});
