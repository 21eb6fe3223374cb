import { action, anyone, contract, record, t } from "@acta/contract";
import type { ContractSource } from "../src/contract-library.ts";

const records = { note: record("Note", { name: t.text("Name") }, { words: t.text("Words", { max: 10 }) }) };
const refusals = { forbidden: "It is forbidden." };
const input = { name: t.text("Name") };

const kept: (() => unknown)[] = [];

function descend(depth: number): number {
  return descend(depth + 1) + 1;
}

/** What a contract must not do, one action each. */
export const mischief = contract({
  name: "mischief",
  title: "Mischief",
  roles: {},
  records,
  actions: {
    swallow: action(records, {
      title: "Catch the refusal and go on",
      input,
      allow: anyone,
      refusals: { ...refusals, "note-exists": "It is there." },
      apply({ input: { name }, state, refuse }) {
        try {
          refuse("forbidden");
        } catch {
          state.note.insert({ name }, { words: "never" }, "note-exists");
        }
      },
    }),
    replace: action(records, {
      title: "Catch the refusal and refuse with another",
      input,
      allow: anyone,
      refusals: { ...refusals, other: "Another." },
      apply({ refuse }) {
        try {
          refuse("forbidden");
        } catch {
          refuse("other");
        }
      },
    }),
    forge: action(records, {
      title: "Throw what looks like a refusal",
      input,
      allow: anyone,
      refusals,
      apply() {
        throw { refusal: { contract: "ledger", code: "not-entitled", blanks: new Map() } };
      },
    }),
    overflow: action(records, {
      title: "Descend for ever",
      input,
      allow: anyone,
      apply() {
        descend(0);
      },
    }),
    fail: action(records, {
      title: "Fail",
      input,
      allow: anyone,
      apply() {
        throw new Error("a mistake of the contract");
      },
    }),
    wait: action(records, {
      title: "Be asynchronous",
      input,
      allow: anyone,
      async apply() {},
    }),
    keepOpen: action(records, {
      title: "Keep the context for later",
      input,
      allow: anyone,
      refusals,
      apply({ input: { name }, state, refuse }) {
        if (kept.length === 0)
          kept.push(
            () => state.note.find({ name }),
            () => refuse("forbidden"),
          );
        else for (const use of kept.splice(0)) use();
      },
    }),
    updateAbsent: action(records, {
      title: "Update what is absent",
      input,
      allow: anyone,
      apply({ input: { name }, state }) {
        state.note.update({ name }, { words: "x" });
      },
    }),
    removeAbsent: action(records, {
      title: "Remove what is absent",
      input,
      allow: anyone,
      apply({ input: { name }, state }) {
        state.note.remove({ name });
      },
    }),
    getAbsent: action(records, {
      title: "Be sure of what is absent",
      input,
      allow: anyone,
      apply({ input: { name }, state }) {
        state.note.get({ name });
      },
    }),
    writeTooMuch: action(records, {
      title: "Write what the record does not take",
      input,
      allow: anyone,
      refusals,
      apply({ input: { name }, state }) {
        state.note.insert({ name }, { words: "more than ten letters" }, "forbidden");
      },
    }),
    enrol: action(records, {
      title: "Add a signer for the calls that follow",
      input,
      allow: anyone,
      apply({ signers }) {
        (signers as unknown[]).push("somebody"); // the types forbid it
      },
    }),
    undeclared: action(records, {
      title: "Refuse with an undeclared code",
      input,
      allow: anyone,
      apply({ refuse }) {
        (refuse as (code: string) => never)("undeclared"); // the types forbid it
      },
    }),
  },
});

/** A contract that breaks every rule. */
export const mischiefSource: ContractSource = { contracts: [mischief], wording: {} };
