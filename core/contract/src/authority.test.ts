import { expect, test } from "vitest";
import { type AuthorityFacts, missingAuthority } from "./authority.ts";
import {
  all,
  any,
  anyone,
  caller,
  consent,
  consentEach,
  consentIfAny,
  kOf,
  ledger,
  role,
  self,
  signedBy,
} from "./rule.ts";
import type { Party } from "./values.ts";

const [ann, bob, eve] = ["a", "b", "e"].map((digit) => digit.repeat(64) as Party) as [Party, Party, Party];
const judge = { party: ann, roles: [["sale", "judge"]] } as const;
const clerk = {
  party: bob,
  roles: [
    ["sale", "judge"],
    ["sale", "clerk"],
  ],
} as const;
const stranger = { party: eve, roles: [["titles", "judge"]] } as const;

const facts = (signers: AuthorityFacts["signers"], more: Partial<AuthorityFacts> = {}): AuthorityFacts => ({
  signers,
  contract: "sale",
  input: { number: "S1", buyer: bob },
  isLedger: false,
  record: (name, key) => (name === "case" && key["number"] === "S1" ? { seller: ann } : undefined),
  ...more,
});
const ofCase = { key: ["number"] };

test("asks a role of this contract, not of another", () => {
  expect(missingAuthority(role("judge"), facts([judge]))).toBeUndefined();
  expect(missingAuthority(role("judge"), facts([stranger]))).toBe("a judge");
});

test("asks the party that the input names", () => {
  expect(missingAuthority(signedBy("buyer"), facts([clerk]))).toBeUndefined();
  expect(missingAuthority(signedBy("buyer"), facts([judge]))).toBe("the buyer");
  expect(missingAuthority(signedBy("absent"), facts([judge]))).toBe("the absent");
});

test("asks the party that the record names, and refuses where there is no record", () => {
  const rule = { ...consent("case", "seller"), ...ofCase };
  expect(missingAuthority(rule, facts([judge]))).toBeUndefined();
  expect(missingAuthority(rule, facts([clerk]))).toBe("the seller of the case");
  expect(missingAuthority(rule, facts([judge], { input: { number: "S2" } }))).toBe(
    "the seller of the case (there is no such case)",
  );
});

test("asks nobody where an optional party is absent, but somebody where the record is", () => {
  const rule = { ...consentIfAny("case", "lender"), ...ofCase };
  expect(missingAuthority(rule, facts([stranger]))).toBeUndefined();
  expect(missingAuthority({ ...consent("case", "lender"), ...ofCase }, facts([stranger]))).toBe(
    "the lender of the case",
  );
  expect(missingAuthority(rule, facts([stranger], { input: {} }))).toContain("no such case");
});

test("tells ledger, caller and self apart from signers", () => {
  expect(missingAuthority(ledger, facts([judge]))).toBe("the ledger itself");
  expect(missingAuthority(ledger, facts([], { isLedger: true }))).toBeUndefined();
  expect(missingAuthority(caller, facts([judge]))).toBe("another contract");
  expect(missingAuthority(caller, facts([], { caller: "escrow" }))).toBeUndefined();
  expect(missingAuthority(caller, facts([], { caller: "sale" }))).toBe("another contract");
  expect(missingAuthority(self, facts([], { caller: "escrow" }))).toBe("the contract itself");
  expect(missingAuthority(self, facts([], { caller: "sale" }))).toBeUndefined();
  expect(missingAuthority(anyone, facts([stranger]))).toBeUndefined();
  expect(missingAuthority(anyone, facts([]))).toBe("anyone");
});

test("names everyone who is missing", () => {
  expect(missingAuthority(all(role("clerk"), role("judge"), signedBy("buyer")), facts([judge]))).toBe(
    "a clerk and the buyer",
  );
  expect(missingAuthority(any(role("clerk"), signedBy("buyer")), facts([judge]))).toBe("a clerk or the buyer");
  expect(missingAuthority(any(role("clerk"), role("judge")), facts([judge]))).toBeUndefined();
});

test("counts different signers: one person is never two of three", () => {
  const twoJudges = kOf(2, role("judge"), role("judge"), role("judge"));
  expect(missingAuthority(twoJudges, facts([judge]))).toBe("2 of: a judge, a judge, a judge");
  expect(missingAuthority(twoJudges, facts([judge, clerk]))).toBeUndefined();
  // The clerk must give up being counted as a judge.
  expect(missingAuthority(kOf(2, role("judge"), role("clerk")), facts([clerk, judge]))).toBeUndefined();
  expect(missingAuthority(kOf(2, role("judge"), role("clerk")), facts([clerk]))).toBeDefined();
});

test("asks the party of each record that a list names, and nobody can meet it where one is not there or none listed", () => {
  const owners: Readonly<Record<string, Party>> = { p1: ann, p2: bob };
  const rule = { ...consentEach("parcels", "parcel", "owner"), key: ["thing"] };
  const listing = (...parcels: string[]) => ({
    input: { parcels },
    record: (_: string, { thing }: Readonly<Record<string, unknown>>) => {
      const owner = owners[String(thing)];
      return owner && { owner };
    },
  });
  expect(missingAuthority(rule, facts([judge, clerk], listing("p1", "p2", "p1")))).toBeUndefined();
  expect(missingAuthority(rule, facts([judge], listing("p1")))).toBeUndefined();
  expect(missingAuthority(rule, facts([judge], listing("p1", "p2")))).toBe("the owner of each parcel (number 2 of 2)");
  expect(missingAuthority(rule, facts([judge], listing("p1", "p9")))).toBe(
    "the owner of each parcel (number 2 of 2: there is no such parcel)",
  );
  expect(missingAuthority(rule, facts([judge], listing()))).toBe("the owner of each parcel (none is listed)");
});

test("asks the same where the keys have several parts", () => {
  const rule = { ...consentEach("places", "file", "holder"), key: ["row", "place"] };
  const input = { places: [{ row: 1n, place: 2n }] };
  const record = (_: string, { row, place }: Readonly<Record<string, unknown>>) =>
    row === 1n && place === 2n ? { holder: bob } : undefined;
  expect(missingAuthority(rule, facts([clerk], { input, record }))).toBeUndefined();
  expect(missingAuthority(rule, facts([judge], { input, record }))).toBe("the holder of each file (number 1 of 1)");
});
