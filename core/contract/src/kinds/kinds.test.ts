import { decode, encode } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import { codecOf, columnsOf, fieldSchema } from "../codec.ts";
import { ContractError } from "../error.ts";
import type { AnyField } from "../field.ts";
import { t } from "../t.ts";
import { dayFromText, dayToText } from "./date.ts";
import { compareText } from "./kind.ts";
import { timeFromText, timeToText } from "./time.ts";

const HEX = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/** Every value beside its JSON, as DETAILS §4 has it. */
const VALUES: readonly (readonly [title: string, field: AnyField, value: unknown, json: unknown])[] = [
  ["text", t.text("T"), "房产 🏠", "房产 🏠"],
  ["integer", t.integer("I"), -12n, "-12"],
  ["integer of 256 bits", t.integer("I"), (1n << 256n) - 1n, ((1n << 256n) - 1n).toString()],
  ["the least integer", t.integer("I"), -(1n << 256n), (-(1n << 256n)).toString()],
  ["decimal", t.decimal("D", { scale: 2 }), -5n, "-0.05"],
  ["money", t.money("M"), { amount: 90000n, currency: "CNY" }, { amount: "900.00", currency: "CNY" }],
  ["money without minor units", t.money("M"), { amount: 900n, currency: "JPY" }, { amount: "900", currency: "JPY" }],
  ["flag", t.flag("F"), true, true],
  ["choice", t.choice(["kept", "withdrawn"], "C"), "kept", "kept"],
  ["date", t.date("D"), 20778n, "2026-11-21"],
  ["time", t.time("T"), 1795235400n, "2026-11-21T04:30:00Z"],
  ["time before 1970", t.time("T"), -1n, "1969-12-31T23:59:59Z"],
  ["bytes", t.bytes("B"), Uint8Array.of(251, 255), "-_8"],
  ["digest", t.digest("D"), HEX, HEX],
  ["file", t.file("F"), { size: 5n, sha256: HEX, root: HEX }, { size: "5", sha256: HEX, root: HEX }],
  ["textual id", t.id("title", "I"), "粤(2026)第00001号", "粤(2026)第00001号"],
  ["id of bytes", t.id("deposit", "I", { bytes: 4 }), "00ff00ff", "00ff00ff"],
  [
    "reference",
    t.reference("R", { to: "titles.title" }),
    { contract: "titles", record: "title", key: ["P1"] },
    { contract: "titles", record: "title", key: "gWJQMQ" },
  ],
  ["path", t.path("P"), "44/03", "44/03"],
  ["list", t.list(t.integer("I"), "L"), [1n, 2n], ["1", "2"]],
  ["group", t.group({ a: t.integer("A"), b: t.optional(t.flag("B")) }, "G"), { a: 1n }, { a: "1" }],
  ["optional", t.optional(t.text("T")), "x", "x"],
  ["commitment", t.sealed(t.text("T"), { of: "a.b" }), HEX, { commitment: HEX }],
];

describe("every base kind", () => {
  test.each(VALUES)("keeps %s in bytes and in JSON", (_, field, value, json) => {
    const codec = codecOf(field, "record");
    expect(codec.decode(decode(encode(codec.encode(value))))).toEqual(value);
    expect(codec.toJson(value)).toEqual(json);
    expect(codec.fromJson(JSON.parse(JSON.stringify(json)))).toEqual(value);
    expect(codec.compare(value, value)).toBe(0);
  });

  test.each(VALUES)("has a schema and columns for %s", (_, field) => {
    expect(fieldSchema(field)["title"]).toBe(field.title);
    expect(columnsOf(field).length).toBeGreaterThan(0);
  });
});

/** JSON that is not of the field. */
const WRONG: readonly (readonly [title: string, field: AnyField, json: unknown])[] = [
  ["a number for an integer", t.integer("I"), 5],
  ["a plus sign", t.integer("I"), "+5"],
  ["leading zeros", t.integer("I"), "05"],
  ["minus zero", t.integer("I"), "-0"],
  ["an integer beyond 256 bits", t.integer("I"), (1n << 256n).toString()],
  ["an integer below its bound", t.integer("I", { min: 1n }), "0"],
  ["too few decimal places", t.decimal("D", { scale: 2 }), "1.5"],
  ["money with too many places", t.money("M"), { amount: "1.005", currency: "CNY" }],
  ["an unknown currency", t.money("M"), { amount: "1.00", currency: "XXX" }],
  ["another currency", t.money("M", { currency: "CNY" }), { amount: "1.00", currency: "EUR" }],
  ["money with another member", t.money("M"), { amount: "1.00", currency: "CNY", note: "" }],
  ["a word that is no choice", t.choice(["a"], "C"), "b"],
  ["a day that no calendar has", t.date("D"), "2025-02-29"],
  ["a time in another zone", t.time("T"), "2026-11-21T04:30:00+08:00"],
  ["a leap second", t.time("T"), "2026-12-31T23:59:60Z"],
  ["padded base64url", t.bytes("B"), "-_8="],
  ["too many bytes", t.bytes("B", { max: 1 }), "-_8"],
  ["capital hex digits", t.digest("D"), HEX.toUpperCase()],
  ["a path with a slash too many", t.path("P"), "44//03"],
  ["a lone surrogate", t.text("T"), "\ud800"],
  ["a control character", t.text("T"), "a\u0000"],
  ["1,001 characters", t.text("T"), "x".repeat(1001)],
  ["text that misses its pattern", t.text("T", { pattern: "[0-9]+" }), "12a"],
  ["text that fails its check", t.text("T", { check: (value) => value === "x" }), "y"],
  ["an unknown member of a group", t.group({ a: t.flag("A") }, "G"), { a: true, b: true }],
  ["a missing member of a group", t.group({ a: t.flag("A") }, "G"), {}],
  ["null for an absent optional", t.group({ a: t.optional(t.flag("A")) }, "G"), { a: null }],
  ["a list that is too long", t.list(t.flag("F"), "L", { max: 1 }), [true, false]],
  [
    "a reference to another record",
    t.reference("R", { to: "titles.title" }),
    { contract: "a", record: "b", key: "gWJQMQ" },
  ],
];

test.each(WRONG)("refuses %s", (_, field, json) => {
  expect(() => codecOf(field, "record").fromJson(json)).toThrow(ContractError);
});

test("names the place of what is wrong", () => {
  const field = t.list(t.group({ amount: t.integer("A") }, "G"), "L");
  expect(() => codecOf(field, "record").fromJson([{ amount: "1" }, { amount: 2 }])).toThrow(
    "1.amount: must be an integer",
  );
});

test("counts days and seconds as the calendar does", () => {
  for (const day of [
    "0001-01-01",
    "1600-02-29",
    "1900-03-01",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2026-11-21",
    "9999-12-31",
  ]) {
    const days = dayFromText(day);
    expect(dayToText(days)).toBe(day);
    expect(Number(days) * 86_400_000).toBe(Date.parse(`${day}T00:00:00Z`));
    expect(timeToText(timeFromText(`${day}T23:59:59Z`))).toBe(`${day}T23:59:59Z`);
  }
});

test("sorts text by code point, as UTF-8 bytes and the read model do", () => {
  expect(compareText("\uffff", "😀")).toBeLessThan(0);
  expect(compareText("a", "ab")).toBeLessThan(0);
  expect(compareText("b", "ab")).toBeGreaterThan(0);
});
