import { decode, encode } from "@acta/bytes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ActionDefinition,
  action,
  anyone,
  type ContractDefinition,
  contract,
  decodeInput,
  decodeKey,
  decodeRecord,
  describedContract,
  differences,
  encodeInput,
  encodeKey,
  encodeRecord,
  type Field,
  isAdditive,
  manifestOf,
  type RecordSpecification,
  record,
  role,
  type Shape,
  type Total,
  t,
  type Values,
} from "../src/index.ts";

const RUN = { seed: 20261128, numRuns: 300 };

/** A contract as a test writes it down, its parts easily exchanged. */
type Parts = {
  readonly key: Shape;
  readonly fields: Shape;
  readonly input: Shape;
  readonly refusals: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, string>>;
  readonly more?: Readonly<Record<string, RecordSpecification>>;
  readonly totals?: Readonly<Record<string, Total>>;
  readonly history?: boolean;
  readonly version?: number;
  readonly byRole?: string;
};

const plain: Parts = {
  key: { number: t.text("Number", { max: 20 }), office: t.path("Office") },
  fields: { amount: t.money("Amount", { min: 0n }), state: t.choice(["open", "closed"], "State") },
  input: { number: t.text("Number", { max: 20 }), note: t.text("Note") },
  refusals: { held: "It is held by {holder}." },
  roles: { clerk: "Enters." },
};

function build(parts: Parts): ContractDefinition {
  const { key, fields, input, refusals, roles, more = {}, totals = {}, history = false, version = 1, byRole } = parts;
  const records = { bill: record("Bill", key, fields, { history }), ...more };
  const allow = byRole === undefined ? anyone : role(byRole);
  const enter = action(records, { title: "Enter", input, allow, refusals, apply() {} });
  return contract({ name: "bills", title: "Bills", version, roles, records, actions: { enter }, totals });
}

/** The differences from the plain contract, in short. */
function from(changed: Partial<Parts>): readonly string[] {
  return differences(build(plain), build({ ...plain, ...changed })).map(({ effect, at }) => `${effect} ${at}`);
}

const { key, fields, input, refusals, roles } = plain;

describe("an addition", () => {
  test.each<[string, Partial<Parts>, string]>([
    ["an optional field", { fields: { ...fields, paid: t.optional(t.date("Paid")) } }, "records.bill.fields.paid"],
    ["an optional input", { input: { ...input, paid: t.optional(t.date("Paid")) } }, "actions.enter.input.paid"],
    ["a wider bound", { input: { ...input, note: t.text("Note", { max: 2000 }) } }, "actions.enter.input.note"],
    ["no bound", { fields: { ...fields, amount: t.money("Amount") } }, "records.bill.fields.amount"],
    [
      "a choice between others",
      { fields: { ...fields, state: t.choice(["open", "held", "closed"], "State") } },
      "records.bill.fields.state.of",
    ],
    ["a record", { more: { note: record("Note", key, {}) } }, "records.note"],
    ["a refusal", { refusals: { ...refusals, late: "Late." } }, "actions.enter.refusals.late"],
    ["a role", { roles: { ...roles, judge: "Judges." } }, "roles.judge"],
  ])("is %s", (_, changed, at) => {
    expect(from(changed)).toEqual([`added ${at}`]);
  });

  test("is a total of records that are new as well", () => {
    const totals = { notes: { of: "note", by: "office" } };
    expect(from({ more: { note: record("Note", key, {}) }, totals })).toEqual([
      "added records.note",
      "added totals.notes",
    ]);
  });
});

test("other words are no more than that, and another order is said to be one", () => {
  expect(from({ refusals: { held: "{holder} holds it." } })).toEqual(["reworded actions.enter.refusals.held"]);
  expect(from({ fields: { ...fields, amount: t.money("Sum", { min: 0n, hint: "In full." }) } })).toEqual([
    "reworded records.bill.fields.amount.hint",
    "reworded records.bill.fields.amount.title",
  ]);
  expect(from({ fields: { state: fields["state"] as Field, amount: fields["amount"] as Field } })).toEqual([
    "reworded order",
  ]);
  expect(from({})).toEqual([]);
});

describe("incompatible", () => {
  test.each<[string, Partial<Parts>, string]>([
    ["a field that is gone", { fields: { amount: t.money("Amount", { min: 0n }) } }, "records.bill.fields.state"],
    ["a field that must be given", { fields: { ...fields, paid: t.date("Paid") } }, "records.bill.fields.paid"],
    ["another kind", { fields: { ...fields, state: t.text("State") } }, "records.bill.fields.state"],
    ["a narrower bound", { input: { ...input, note: t.text("Note", { max: 10 }) } }, "actions.enter.input.note"],
    ["a pattern", { input: { ...input, note: t.text("Note", { pattern: "a*" }) } }, "actions.enter.input.note.pattern"],
    [
      "choices in another order",
      { fields: { ...fields, state: t.choice(["closed", "open"], "State") } },
      "records.bill.fields.state.of",
    ],
    [
      "parts of a key in another order",
      { key: { office: key["office"] as Field, number: key["number"] as Field } },
      "records.bill.key",
    ],
    ["a longer key", { key: { ...key, year: t.integer("Year") } }, "records.bill.key"],
    ["a refusal that is gone", { refusals: {} }, "actions.enter.refusals.held"],
    ["a refusal with other blanks", { refusals: { held: "It is held." } }, "actions.enter.refusals.held"],
    ["a role that is gone", { roles: {} }, "roles.clerk"],
    ["another rule", { byRole: "clerk" }, "actions.enter.allow"],
    ["another version", { version: 2 }, "version"],
    ["versions kept from now on", { history: true }, "records.bill.history"],
    ["a total of records that may be there", { totals: { bills: { of: "bill", by: "office" } } }, "totals.bills"],
  ])("is %s", (_, changed, at) => {
    expect(from(changed)).toEqual([`incompatible ${at}`]);
  });

  test("is a unit: the same number would mean something else", () => {
    const withUnit = (unit: string) => build({ ...plain, fields: { area: t.integer("Area", { unit }) } });
    expect(isAdditive(differences(withUnit("m²"), withUnit("mu")))).toBe(false);
  });
});

test("a described contract is compared like the one that was written, and never run", () => {
  const written = build({ ...plain, input: { ...input, code: t.text("Code", { check: isEven }) } });
  const described = describedContract(manifestOf(written));
  expect(differences(written, described)).toEqual([]);
  expect(() => (described.actions["enter"] as ActionDefinition).apply({} as never)).toThrow("There is no code");
});

function isEven(value: string): boolean {
  return value.length % 2 === 0;
}

// Random contracts, and random edits of them.

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString("hex"));

/** Fields with values of them, each with a wider and a narrower field of the same kind. */
const FIELDS: readonly {
  readonly field: Field;
  readonly wider: Field;
  readonly narrower: Field;
  readonly values: fc.Arbitrary<unknown>;
}[] = [
  {
    field: t.text("T", { max: 30 }),
    wider: t.text("T", { max: 31 }),
    narrower: t.text("T", { max: 29 }),
    values: fc.string({ unit: "grapheme-ascii", maxLength: 29 }),
  },
  {
    field: t.integer("I", { min: 0n, max: 9n }),
    wider: t.integer("I", { min: -1n }),
    narrower: t.integer("I", { min: 1n, max: 9n }),
    values: fc.bigInt({ min: 1n, max: 9n }),
  },
  {
    field: t.choice(["a", "b"], "C"),
    wider: t.choice(["a", "n", "b", "z"], "C"),
    narrower: t.choice(["a"], "C"),
    values: fc.constantFrom("a", "b"),
  },
  {
    field: t.bytes("B", { length: 4 }),
    wider: t.bytes("B", { min: 3, max: 4 }),
    narrower: t.bytes("B", { length: 5 }),
    values: fc.uint8Array({ minLength: 4, maxLength: 4 }),
  },
  {
    field: t.id("thing", "I", { pattern: "[a-z]+" }),
    wider: t.id("thing", "I"),
    narrower: t.id("thing", "I", { pattern: "[a-y]+" }),
    values: fc.stringMatching(/^[a-y]{1,9}$/),
  },
  {
    field: t.list(t.integer("I"), "L", { max: 3 }),
    wider: t.list(t.integer("I"), "L", { max: 4 }),
    narrower: t.list(t.flag("F"), "L", { max: 3 }),
    values: fc.array(fc.bigInt({ min: -5n, max: 5n }), { maxLength: 3 }),
  },
  {
    field: t.group({ a: t.flag("A"), b: t.optional(t.text("B")) }, "G"),
    wider: t.group({ a: t.flag("A"), b: t.optional(t.text("B", { max: 2000 })), c: t.optional(t.flag("C")) }, "G"),
    narrower: t.group({ a: t.flag("A"), b: t.text("B") }, "G"),
    values: fc.record({ a: fc.boolean(), b: fc.string({ unit: "grapheme-ascii" }) }, { requiredKeys: ["a"] }),
  },
  {
    field: t.money("M", { currency: "CNY" }),
    wider: t.money("M"),
    narrower: t.money("M", { currency: "JPY" }),
    values: fc.record({ amount: fc.bigInt(-1000n, 1000n), currency: fc.constant("CNY") }),
  },
  { field: t.party("P"), wider: t.party("Party"), narrower: t.digest("P"), values: hex(32) },
];

const IN_KEYS = FIELDS.filter(({ field }) => !["list", "group", "money"].includes(field.kind));

type Edit = "wider" | "same" | "narrower" | "gone";
type Choice = { readonly of: (typeof FIELDS)[number]; readonly isOptional: boolean; readonly edit: Edit };

const choices = (from: typeof FIELDS, edits: readonly Edit[], minLength: number): fc.Arbitrary<readonly Choice[]> =>
  fc.array(fc.record({ of: fc.constantFrom(...from), isOptional: fc.boolean(), edit: fc.constantFrom(...edits) }), {
    minLength,
    maxLength: 5,
  });

function shapeOf(chosen: readonly Choice[], name: string, isEdited: boolean): Shape {
  const entries = chosen.flatMap(({ of, isOptional, edit }, index): [string, Field][] => {
    if (isEdited && edit === "gone") return [];
    const field = !isEdited || edit === "same" ? of.field : edit === "narrower" ? of.narrower : of.wider;
    return [[`${name}${index}`, isOptional ? t.optional(field) : field]];
  });
  return Object.fromEntries(entries);
}

const valuesOf = (chosen: readonly Choice[], name: string): fc.Arbitrary<Values<Shape>> =>
  fc.record(Object.fromEntries(chosen.map(({ of }, index) => [`${name}${index}`, of.values])), {
    requiredKeys: chosen.flatMap(({ isOptional }, index) => (isOptional ? [] : [`${name}${index}`])),
  });

/** A contract whose record has these parts of a key and these fields, before the edits or after them. */
function made(keys: readonly Choice[], values: readonly Choice[], isEdited: boolean): ContractDefinition {
  const more: Shape = isEdited ? { extra: t.optional(t.text("Extra")) } : {};
  const fields = { ...shapeOf(values, "field", isEdited), ...more };
  return build({ ...plain, key: shapeOf(keys, "key", isEdited), fields, input: fields });
}

/** Parts of a key, fields, and values of both. */
function cases(keyEdits: readonly Edit[], edits: readonly Edit[]) {
  return fc.tuple(choices(IN_KEYS, keyEdits, 1), choices(FIELDS, edits, 1)).chain(([chosen, values]) => {
    const keys = chosen.map((each) => ({ ...each, isOptional: false }));
    const [key, row] = [valuesOf(keys, "key"), valuesOf(values, "field")];
    return fc.record({ keys: fc.constant(keys), values: fc.constant(values), key, row });
  });
}

test("after any additions everything that was written decodes to the same", () => {
  fc.assert(
    fc.property(cases(["wider", "same"], ["wider", "same"]), ({ keys, values, key, row }) => {
      const [before, after] = [made(keys, values, false), made(keys, values, true)];
      expect(differences(before, after).filter(({ effect }) => effect === "incompatible")).toEqual([]);
      const [old, now] = [before, after].map(({ records }) => records["bill"] as RecordSpecification);
      const bytes = encodeRecord((old as RecordSpecification).fields, row, 1);
      expect(decodeRecord((now as RecordSpecification).fields, bytes).values).toEqual(row);
      const elements = encodeKey((old as RecordSpecification).key, key);
      expect(decodeKey((now as RecordSpecification).key, elements)).toEqual(key);
      const [oldInput, nowInput] = [before, after].map(({ actions }) => (actions["enter"] as ActionDefinition).input);
      expect(decodeInput(nowInput as Shape, encodeInput(oldInput as Shape, row))).toEqual(row);
      // The manifests alone decide the same, and each is read again from its bytes.
      const [readBefore, readAfter] = [before, after].map((each) =>
        describedContract(decode(encode(manifestOf(each)))),
      );
      expect(differences(readBefore as ContractDefinition, readAfter as ContractDefinition)).toEqual(
        differences(before, after),
      );
    }),
    RUN,
  );
});

test("any removal and any narrowing is called incompatible, beside whatever additions", () => {
  const harmful: readonly Edit[] = ["narrower", "gone"];
  const isHarmed = (chosen: readonly Choice[]): boolean => chosen.some(({ edit }) => harmful.includes(edit));
  const all: readonly Edit[] = ["wider", "same", ...harmful];
  fc.assert(
    fc.property(
      cases(["wider", "same", "narrower"], all).filter(({ keys, values }) => isHarmed(keys) || isHarmed(values)),
      ({ keys, values }) => {
        expect(isAdditive(differences(made(keys, values, false), made(keys, values, true)))).toBe(false);
      },
    ),
    RUN,
  );
});
