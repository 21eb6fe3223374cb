import { decode, encode } from "@acta/bytes";
import {
  action,
  anyone,
  caller,
  contract,
  contractFromManifest,
  findRefusalWords,
  lawPage,
  manifestOf,
  type RefusalsOf,
  record,
  self,
  t,
} from "@acta/contract";
import { describe, expect, test } from "vitest";
import { asAnn, inShort } from "../test/ledger.ts";
import { MemoryLedger } from "./memory-ledger.ts";

const page = { page: t.text("Page", { max: 9 }) };
const records = { line: record("Line", page, { words: t.text("Words") }) };

const write = action(records, {
  title: "Write a line",
  input: { ...page, words: t.text("Words") },
  allow: self,
  refusals: { written: "It is written." },
  apply({ input: { page: at, words }, state, caller: by }) {
    state.line.insert({ page: at }, { words: `${words} by ${by}` }, "written");
  },
});

const notice = action(records, {
  title: "Take notice",
  input: {},
  allow: caller,
  apply() {},
});

const stray = action(records, { title: "Stray", input: {}, allow: anyone, apply() {} });

const note = action(records, {
  title: "Note twice",
  input: { first: t.text("First"), second: t.text("Second"), strays: t.flag("Strays") },
  allow: anyone,
  calls: [write, notice],
  apply({ input: { first, second, strays }, call }) {
    call(write, { page: first, words: "first" });
    // Of the same form as `notice`, so that only the ledger can tell.
    if (strays) call(stray, {});
    call(write, { page: second, words: "second" });
  },
});

const tell = action(records, {
  title: "Tell itself",
  input: {},
  allow: anyone,
  calls: [notice],
  apply: ({ call }) => call(notice, {}),
});

const diary = contract({
  name: "diary",
  title: "Diary",
  roles: {},
  records,
  actions: { write, notice, stray, note, tell },
});

const open = (): MemoryLedger => new MemoryLedger({ contracts: [{ contracts: [diary], wording: {} }] });
const submit = (ledger: MemoryLedger, name: string, given: object) =>
  ledger.submit({ signers: [asAnn], calls: [ledger.call("diary", name, { ...given })] }).map(inShort)[0];

const joined: RefusalsOf<typeof note> = "written";

describe("a contract that calls itself", () => {
  test("is its own caller, and takes effect or is refused as a whole", () => {
    const ledger = open();
    expect(submit(ledger, "note", { first: "1", second: "2", strays: false })).toBe("accepted");
    expect(ledger.record("diary", "line", { page: "2" })).toEqual({ words: "second by diary" });
    expect(submit(ledger, "note", { first: "3", second: "2", strays: false })).toEqual(["diary", joined, {}]);
    expect(ledger.record("diary", "line", { page: "3" })).toBe(undefined);
  });

  test("is the only one to carry out what `self` allows, and no other contract for what `caller` asks", () => {
    expect(submit(open(), "write", { page: "1", words: "w" })).toEqual([
      "ledger",
      "not-entitled",
      { missing: "the contract itself" },
    ]);
    expect(submit(open(), "tell", {})).toEqual(["ledger", "not-entitled", { missing: "another contract" }]);
  });

  test("halts where it calls an action that it does not declare", () => {
    expect(() => submit(open(), "note", { first: "1", second: "2", strays: true })).toThrow(
      "calls diary.stray, which the action does not declare",
    );
  });

  test("says so in its manifest and on its law page, uses no other contract, and has words for the refusal", () => {
    const { apply } = contractFromManifest(decode(encode(manifestOf(diary))), {
      apply: Object.fromEntries(Object.entries(diary.actions).map(([name, each]) => [name, each.apply])),
    }).actions["note"] as { apply: unknown };
    expect(apply).toBe(note.apply);
    expect([diary.actions.note.calls, diary.uses]).toEqual([["diary.write", "diary.notice"], undefined]);
    expect(lawPage(diary)).toContain("Carries out with it, or not at all: `diary.write`, `diary.notice`.");
    const words = findRefusalWords(
      [diary],
      { contract: "diary", action: "note" },
      { contract: "diary", code: "written" },
    );
    expect(words?.sentence).toBe("It is written.");
  });
});

test("an action of another contract is none of its own", () => {
  const strange = (): unknown =>
    contract({ name: "other", title: "Other", roles: {}, records, actions: { note, write } });
  expect(strange).toThrow("“Take notice” is no action of this contract.");
});
