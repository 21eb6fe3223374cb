import { expect, test } from "vitest";
import {
  action,
  all,
  anyone,
  consent,
  contract,
  missingAuthority,
  missingInChinese,
  record,
  role,
  t,
} from "./index.ts";

const copy = t.text("Copy");
const records = { loan: record("Loan", { copy }, { reader: t.party("Reader") }) };
const simple = { input: { copy }, refusals: {}, apply: () => undefined } as const;

const lending = contract({
  name: "lending",
  title: "Lending",
  roles: { library: "Lends." },
  records,
  actions: {
    lend: action(records, { title: "Lend", allow: role("library"), ...simple }),
    prolong: action(records, { title: "Prolong", allow: all(role("library"), consent("loan", "reader")), ...simple }),
    look: action(records, { title: "Look", allow: anyone, ...simple }),
  },
});

const wording = { "lending.records.loan.title": "借阅", "lending.records.loan.fields.reader": "读者" };
const chinese = (name: string, missing: string) =>
  missingInChinese({ contract: lending, action: name, wording }, missing);

test("says in Chinese who is missing, in the contract's own words", () => {
  expect(chinese("lend", "a library")).toBe("担任 library 角色的签署人");
  expect(chinese("prolong", "the reader of the loan")).toBe("“借阅”记录中的“读者”");
  expect(chinese("prolong", "a library and the reader of the loan (there is no such loan)")).toBe(
    "担任 library 角色的签署人，以及“借阅”记录中的“读者”（没有这项记录）",
  );
});

test("reads whatever the rule itself says to be missing", () => {
  const facts = { signers: [], contract: "lending", input: { copy: "1" }, isLedger: false, record: () => undefined };
  for (const [name, { allow }] of Object.entries(lending.actions)) {
    const missing = missingAuthority(allow, facts) ?? "";
    expect(chinese(name, missing), missing).toMatch(/\p{Script=Han}/u);
  }
});

test("leaves alone what is not of the rule", () => {
  expect(chinese("lend", "a court")).toBeUndefined();
  expect(chinese("unheard-of", "a court")).toBeUndefined();
});
