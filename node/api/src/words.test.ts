import type { Application } from "@acta/contract";
import { action, anyone, contract, t } from "@acta/contract";
import { inadmissible, ledgerRefusals } from "@acta/ledger";
import { PROTOCOL_ERRORS } from "@acta/protocol";
import { expect, test } from "vitest";
import { PROBLEMS } from "./problem.ts";
import { createWords } from "./words.ts";
import zh from "./zh.json" with { type: "json" };

const promise = contract({
  name: "promise",
  title: "Promises",
  roles: {},
  records: {},
  actions: {
    give: action(
      {},
      {
        title: "Give",
        input: { to: t.text("To whom") },
        allow: anyone,
        refusals: { taken: "It is promised to {holder}." },
        apply({ refuse }) {
          refuse("taken", { holder: "Ann" });
        },
      },
    ),
  },
});
const application: Application = {
  name: "promise",
  title: "Promises",
  contracts: [promise],
  wording: { "promise.give.refusals.taken": "已经许给 {holder}。" },
};
const words = createWords([application]);
const at = { contract: "promise", action: "give" };

test("a refusal's sentence has its blanks filled, in both languages", () => {
  const refusal = { contract: "promise", code: "taken", blanks: new Map([["holder", "Ann"]]) };
  expect(words.ofRefusal(at, refusal, "en")).toBe("It is promised to Ann.");
  expect(words.ofRefusal(at, refusal, "zh")).toBe("已经许给 Ann。");
});

test("a refusal nobody knows is shown by its code", () => {
  expect(words.ofRefusal(at, { contract: "promise", code: "unheard-of", blanks: new Map() }, "zh")).toBe("unheard-of");
});

test("every code that can be answered has words in both languages", () => {
  for (const code of [...Object.keys(PROTOCOL_ERRORS), ...Object.keys(inadmissible), "text-not-normalized"]) {
    const [english, chinese] = [words.ofInadmissible(code, "en"), words.ofInadmissible(code, "zh")];
    expect(english.message, code).toMatch(/[a-z]/);
    expect(chinese.message, code).toMatch(/\p{Script=Han}/u);
    expect(chinese.remedy, code).toMatch(/\p{Script=Han}/u);
  }
  for (const code of Object.keys(ledgerRefusals)) {
    const refusal = { contract: "ledger", code, blanks: new Map() };
    expect(words.ofRefusal(at, refusal, "zh"), code).toMatch(/\p{Script=Han}/u);
  }
});

test("says in Chinese who is missing, although the ledger keeps it in English", () => {
  const refusal = { contract: "ledger", code: "not-entitled", blanks: new Map([["missing", "anyone"]]) };
  expect(words.ofRefusal(at, refusal, "en")).toBe("This is missing: anyone.");
  expect(words.ofRefusal(at, refusal, "zh")).toBe("缺少：任何人。");
});

test("every problem of the API has words in Chinese, and none is left over", () => {
  expect(Object.keys(zh).toSorted()).toEqual([...Object.keys(PROBLEMS), "text-not-normalized"].toSorted());
});
