import { action, anyone, consent, contract, record, role, signedBy, t } from "@acta/contract";
import type { ContractSource } from "../src/contract-library.ts";

// The recorded stream under vectors/ runs these contracts: what they do, write and refuse must not change.

const counters = {
  counter: record("Counter", { name: t.text("Name", { max: 40 }) }, { value: t.integer("Value") }),
};

/** Anyone adds to a counter; below zero it refuses, with blanks. */
export const counter = contract({
  name: "counter",
  title: "Counters",
  roles: {},
  records: counters,
  actions: {
    add: action(counters, {
      title: "Add",
      input: { name: t.text("Name", { max: 40 }), by: t.integer("By", { min: -1000n, max: 1000n }) },
      allow: anyone,
      refusals: { "below-zero": "The counter {name} would be {value}.", "counter-exists": "It is there." },
      apply({ input: { name, by }, state, refuse }) {
        const value = (state.counter.find({ name })?.value ?? 0n) + by;
        if (value < 0n) return refuse("below-zero", { name, value });
        if (state.counter.find({ name })) state.counter.update({ name }, { value });
        else state.counter.insert({ name }, { value }, "counter-exists");
      },
    }),
    remove: action(counters, {
      title: "Remove",
      input: { name: t.text("Name", { max: 40 }) },
      allow: anyone,
      refusals: { "no-counter": "There is no such counter." },
      apply({ input: { name }, state }) {
        state.counter.get({ name }, "no-counter");
        state.counter.remove({ name });
      },
    }),
  },
});

const titles = {
  title: record(
    "Title",
    { thing: t.text("Thing", { max: 40 }) },
    { owner: t.party("Owner"), openedBy: t.optional(t.party("Opened by")), note: t.optional(t.text("Note")) },
  ),
};

/** A register: opened by a registrar, transferred with its owner's consent, noted by whom the input names. */
export const register = contract({
  name: "register",
  title: "Register",
  roles: { registrar: "Keeps the register." },
  records: titles,
  actions: {
    open: action(titles, {
      title: "Open",
      input: { thing: t.text("Thing", { max: 40 }), owner: t.party("Owner") },
      allow: role("registrar"),
      refusals: { "title-exists": "It already has a title.", "no-registrar": "Nobody acted as registrar." },
      apply({ input: { thing, owner }, state, actor, refuse }) {
        const openedBy = actor("registrar")?.institution ?? actor("registrar")?.party;
        if (openedBy === undefined) return refuse("no-registrar");
        state.title.insert({ thing }, { owner, openedBy }, "title-exists");
      },
    }),
    transfer: action(titles, {
      title: "Transfer",
      input: { thing: t.text("Thing", { max: 40 }), newOwner: t.party("New owner") },
      allow: consent("title", "owner"),
      apply({ input: { thing, newOwner }, state }) {
        state.title.update({ thing }, { owner: newOwner });
      },
    }),
    note: action(titles, {
      title: "Note",
      input: {
        thing: t.text("Thing", { max: 40 }),
        by: t.party("By"),
        note: t.optional(t.text("Note", { max: 200 })),
      },
      allow: signedBy("by"),
      refusals: { "unknown-title": "No such title." },
      apply({ input: { thing, note }, state }) {
        state.title.get({ thing }, "unknown-title");
        state.title.update({ thing }, { note });
      },
    }),
  },
});

const sealed = {
  paper: record(
    "Paper",
    { id: t.text("Id", { max: 40 }) },
    { words: t.sealed(t.text("Words"), { of: "paper.words" }) },
  ),
};

/** Keeps a commitment to words that it never sees. */
export const drawer = contract({
  name: "drawer",
  title: "Drawer",
  roles: {},
  records: sealed,
  actions: {
    keep: action(sealed, {
      title: "Keep",
      input: { id: t.text("Id", { max: 40 }), words: t.sealed(t.text("Words"), { of: "paper.words" }) },
      allow: anyone,
      refusals: { "paper-exists": "It is kept already." },
      apply({ input: { id, words }, state }) {
        state.paper.insert({ id }, { words }, "paper-exists");
      },
    }),
  },
});

/** The contracts of the ledger's own tests. */
export const testContracts: ContractSource = { contracts: [counter, register, drawer], wording: {} };
