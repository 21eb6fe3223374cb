import { decode, encode, toHex } from "@acta/bytes";
import { expect, test } from "vitest";
import {
  action,
  anyone,
  caller,
  contract,
  contractFromManifest,
  findRefusalWords,
  lawPage,
  ledger,
  manifestHash,
  manifestOf,
  manifestToJson,
  openApi,
  type RefusalsOf,
  record,
  type Time,
  t,
  wordingKeys,
} from "../src/index.ts";
import { escrow } from "./escrow.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

const office = t.path("Office");
const records = { sale: record("Sale", { office }, { note: t.optional(t.text("Note")) }) };

const settle = action(records, {
  title: "Settle",
  input: { office },
  allow: anyone,
  refusals: { unpaid: "It is not paid." },
  calls: [escrow.actions.cancel, escrow.actions.book],
  reads: { payment: escrow.records.entry },
  apply({ input: { office }, reads, call, refuse }) {
    const key = { office, reference: "1" };
    const amount: bigint = reads.payment.get(key, "unpaid").amount.amount;
    // @ts-expect-error a refusal that is not declared
    reads.payment.get(key, "gone");
    // @ts-expect-error what is read is not written
    reads.payment.remove(key);
    // @ts-expect-error an action that is not declared
    call(escrow.actions.ping, {});
    // @ts-expect-error a part of the input is missing
    call(escrow.actions.cancel, key);
    call(escrow.actions.cancel, { ...key, by: reads.payment.get(key, "unpaid").from });
    if (amount > 5n) return refuse("unpaid");
  },
});

const sales = contract({ name: "sales", title: "Sales", roles: {}, records, actions: { settle } });

const close = action(records, {
  title: "Close",
  input: {},
  allow: caller,
  refusals: { open: "It is open." },
  calls: [sales.actions.settle],
  apply({ call }) {
    call(sales.actions.settle, { office: "1" });
  },
});
const closing = contract({ name: "closing", title: "Closing", roles: {}, records, actions: { close } });

same<RefusalsOf<typeof sales.actions.settle>, "unpaid" | "escrow/already-booked" | "escrow/too-many">(true);
same<RefusalsOf<typeof closing.actions.close>, "open" | "sales/unpaid" | "escrow/already-booked" | "escrow/too-many">(
  true,
);

test("a manifest says what an action calls and reads, in which version, and gives the same contract again", () => {
  const bytes = encode(manifestOf(sales));
  const again = contractFromManifest(decode(bytes), { apply: { settle: settle.apply } });
  expect(toHex(encode(manifestOf(again)))).toBe(toHex(bytes));
  expect([again.uses, again.actions["settle"]?.calls, again.actions["settle"]?.reads]).toEqual([
    { escrow: 1 },
    ["escrow.cancel", "escrow.book"],
    { payment: "escrow.entry" },
  ]);
  expect(again).toEqual(sales);
});

test("a manifest of what reaches nothing has no trace of it", () => {
  expect(manifestOf(escrow).has("uses")).toBe(false);
  expect(JSON.stringify(manifestToJson(escrow))).not.toContain('"reads"');
  expect(toHex(manifestHash(escrow))).toBe("814692437fe3d8878115dcce38d805a31ea60d0e6c9cd8f5bae446ef2f1ed6fb");
});

test("the JSON of a manifest has no references, which would only repeat names", () => {
  const json = JSON.parse(JSON.stringify(manifestToJson(sales)));
  expect([json.actions.settle.reference, json.records.sale.reference]).toEqual([undefined, undefined]);
  expect(json.uses).toEqual({ escrow: 1 });
});

test("the law page and the API's document say what an action carries out with it", () => {
  expect(lawPage(sales)).toContain("Carries out with it, or not at all: `escrow.cancel`, `escrow.book`.");
  expect(lawPage(sales)).toContain("Looks up records of other contracts: `escrow.entry`.");
  expect(lawPage(sales, {}, "zh")).toContain("查阅其他合约的记录：`escrow.entry`。");
  const document = JSON.stringify(openApi([sales], { title: "Sales", version: "1" }));
  expect(document).toContain("Calls, and is refused with what refuses: escrow.cancel, escrow.book.");
});

const term = { office };
const lapse = action(records, {
  title: "Lapse",
  input: term,
  allow: ledger,
  schedules: { lapse: term },
  apply({ input, due, schedule, unschedule }) {
    const at: Time | undefined = due;
    // @ts-expect-error an action that is not declared
    if (at !== undefined) schedule("x", at, "settle", input);
    // @ts-expect-error a part of the input is missing
    if (at !== undefined) schedule("x", at, "lapse", {});
    if (at !== undefined) schedule("x", at, "lapse", input);
    unschedule("x");
  },
});

test("an action that sets deadlines says so in manifest and law page", () => {
  const lapsing = contract({ name: "lapsing", title: "Lapsing", roles: {}, records, actions: { lapse } });
  const bytes = encode(manifestOf(lapsing));
  const again = contractFromManifest(decode(bytes), { apply: { lapse: lapse.apply } });
  expect([again.actions["lapse"]?.schedules, toHex(encode(manifestOf(again)))]).toEqual([["lapse"], toHex(bytes)]);
  expect(lawPage(lapsing)).toContain("Sets deadlines; when one passes, the ledger itself does this: “Lapse”.");
  expect(lawPage(lapsing, {}, "zh")).toContain("期限届满时由账本自身执行：“Lapse”。");
  expect(() => contract({ name: "sales", title: "Sales", roles: {}, records, actions: { settle: lapse } })).toThrow(
    "There is no action lapse.",
  );
  const other = { lapse: { ...lapse, scheduledInputs: { lapse: { other: office } } } };
  expect(() => contract({ name: "sales", title: "Sales", roles: {}, records, actions: other })).toThrow(
    "It asks for another input.",
  );
});

const counted = {
  sale: record(
    "Sale",
    { office },
    {
      paid: t.money("Paid"),
      state: t.choice(["open", "closed"], "State", { labels: { open: "Open", closed: "Closed" } }),
    },
  ),
};
const sold = {
  of: "sale",
  by: "office",
  split: ["state"],
  sum: ["paid"],
  where: { state: ["open"] },
  history: "day",
} as const;
const look = action(counted, {
  title: "Look",
  input: {},
  allow: anyone,
  totals: { sold },
  apply({ totals }) {
    same<ReturnType<typeof totals.sold.at>["sums"], { readonly paid: Readonly<Record<string, bigint>> }>(true);
    // @ts-expect-error a total that is not declared
    totals.lost?.at();
  },
});
const parts = { name: "shop", title: "Shop", roles: {}, records: counted, actions: { look } };

test("an action that reads totals says so, and the law page says what is counted", () => {
  const shop = contract({ ...parts, totals: { sold } });
  const bytes = encode(manifestOf(shop));
  const again = contractFromManifest(decode(bytes), { apply: { look: look.apply } });
  expect([again, toHex(encode(manifestOf(again)))]).toEqual([shop, toHex(bytes)]);
  expect(lawPage(shop)).toContain("Looks up totals: `sold`.");
  expect(lawPage(shop)).toContain(
    "- How many “Sale” there are by “Office”, split by “State”, with the sums of “Paid”, only where “State” is Open, for every past day too (`sold`)",
  );
  expect(lawPage(shop, {}, "zh")).toContain("按“Office”统计“Sale”的数量");
});

test.each<[string, object, string]>([
  ["of no record", { of: "house" }, "There is no record house."],
  ["by no path", { by: "state" }, "state is no path that is always there."],
  ["by no field", { by: "town" }, "There is no field town."],
  ["that adds up what is no number", { sum: ["state"] }, "state is no number."],
  ["that splits by what has no end", { split: ["paid"] }, "paid is no choice and no flag."],
  ["that asks for no value of a choice", { where: { state: ["lost"] } }, "lost is none of its values."],
  ["that is not what the action reads", { sum: [] }, "The contract keeps another of that name."],
])("a total is refused %s", (_, part, reason) => {
  expect(() => contract({ ...parts, totals: { sold: { ...sold, ...part } } })).toThrow(reason);
});

test("a total that the contract does not keep is not read", () => {
  expect(() => contract(parts)).toThrow("There is no total sold.");
});

const issue = action(records, {
  title: "Issue",
  input: { office, note: t.optional(t.text("Note")) },
  allow: anyone,
  once: [{ scope: "numbers", key: ["office"] }],
  apply() {},
});
const issuing = contract({
  name: "issuing",
  title: "Issuing",
  roles: {},
  records,
  scopes: { offices: "An office." },
  actions: { issue },
});
const misuse = (): unknown => {
  const input = { office };
  // @ts-expect-error a key that is no input
  action(records, { title: "M", input, allow: anyone, once: [{ scope: "x", key: ["town"] }], apply() {} });
  // @ts-expect-error a scope that the contract does not share
  return issuing.scopes.numbers;
};

test("an action that uses something once says so, in a scope of its own or a shared one", () => {
  const reuse = action(records, {
    title: "Reuse",
    input: { office },
    allow: anyone,
    once: [{ scope: issuing.scopes.offices, key: ["office"] }],
    apply() {},
  });
  const reusing = contract({ name: "reusing", title: "Reusing", roles: {}, records, actions: { reuse } });
  expect([reusing.uses, reusing.actions.reuse.once]).toEqual([
    { issuing: 1 },
    [{ scope: "issuing.offices", key: ["office"] }],
  ]);
  for (const [whole, code] of [
    [issuing, { issue: issue.apply }] as const,
    [reusing, { reuse: reuse.apply }] as const,
  ]) {
    const bytes = encode(manifestOf(whole));
    const again = contractFromManifest(decode(bytes), { apply: code });
    expect([again, toHex(encode(manifestOf(again)))]).toEqual([whole, toHex(bytes)]);
  }
  expect(wordingKeys(issuing).get("issuing.scopes.offices")).toBe("An office.");
  expect(lawPage(issuing)).toContain("Refused where the same “Office” was used before (`numbers`).");
  expect(lawPage(issuing, { "issuing.scopes.offices": "一个机构。" }, "zh")).toContain("- **offices**: 一个机构。");
  expect(JSON.stringify(manifestToJson(issuing))).toContain('"scopes":{"offices":{"title":"An office."}}');
  expect(misuse()).toBe(undefined);
});

test.each([
  ["an input that may be absent", [{ scope: "numbers", key: ["note"] }], "It is no input that makes a key."],
  ["no input", [{ scope: "numbers", key: [] }], "at least one input"],
  ["a scope in capitals", [{ scope: "Numbers", key: ["office"] }], "is no name for a scope"],
  ["a scope of an unknown contract", [{ scope: "titles.x", key: ["office"] }], "It lacks the version"],
])("a definition is refused that uses once %s", (_, once, reason) => {
  const actions = { issue: { ...issue, once } };
  expect(() => contract({ name: "issuing", title: "Issuing", roles: {}, records, actions })).toThrow(reason);
});

test("the words of a refusal are found however deep the contract is called", () => {
  const found = findRefusalWords([escrow, sales, closing], closing.actions.close.reference, {
    contract: "escrow",
    code: "too-many",
  });
  expect(found?.key).toBe("escrow.book.refusals.too-many");
  const at = sales.actions.settle.reference;
  expect(findRefusalWords([escrow, sales], at, { contract: "sales", code: "unpaid" })?.sentence).toBe(
    "It is not paid.",
  );
  expect(findRefusalWords([escrow, sales], at, { contract: "closing", code: "open" })).toBe(undefined);
});

test.each([
  ["an action twice", { calls: ["escrow.book", "escrow.book"] }, "It lists an action twice."],
  ["a name that is none", { calls: ["book"] }, "is no name of an action of a contract"],
  ["a contract without its version", { calls: ["titles.open"] }, "It lacks the version of the contract of titles.open"],
  ["a record of no contract", { reads: { parcel: "parcel" } }, "is no name of a record of a contract"],
  ["a contract in two versions", { uses: { escrow: undefined } }, "It is used in two versions"],
])("a definition is refused that refers to %s", (_, part, reason) => {
  const actions = { settle: { ...settle, ...(part as object) } };
  expect(() => contract({ name: "sales", title: "Sales", roles: {}, records, actions })).toThrow(reason);
});
