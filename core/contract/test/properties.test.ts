import { type CborValue, decode, encode } from "@acta/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnyField,
  ContractError,
  codecOf,
  decodeInput,
  decodeKey,
  decodeRecord,
  encodeInput,
  findMisplaced,
  inputFromJson,
  partyFromUri,
  partyToUri,
  sealedPlaces,
  t,
} from "../src/index.ts";
import { escrow } from "./escrow.ts";

const RUN = { seed: 20261121, numRuns: 400 };
const { input } = escrow.actions.book;
const { key, fields } = escrow.records.entry;

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString("hex"));
const big = fc.bigInt({ min: -(1n << 255n), max: 1n << 255n });

/** A field of each base kind with values of it. */
const VALUES: readonly (readonly [field: AnyField, values: fc.Arbitrary<unknown>])[] = [
  [t.text("T"), fc.string({ unit: "grapheme", maxLength: 50 })],
  [t.integer("I"), big],
  [t.decimal("D", { scale: 7 }), big],
  [t.money("M"), fc.record({ amount: big, currency: fc.constantFrom("CNY", "JPY", "KWD") })],
  [t.flag("F"), fc.boolean()],
  [t.choice(["a", "b", "c"], "C"), fc.constantFrom("a", "b", "c")],
  [t.date("D"), fc.bigInt({ min: -719162n, max: 2932896n })],
  [t.time("T"), fc.bigInt({ min: -62135596800n, max: 253402300799n })],
  [t.bytes("B"), fc.uint8Array({ maxLength: 40 })],
  [t.digest("D"), hex(32)],
  [t.file("F"), fc.record({ size: fc.bigInt({ min: 0n, max: (1n << 53n) - 1n }), sha256: hex(32), root: hex(32) })],
  [t.party("P"), hex(32)],
  [t.id("deposit", "I", { bytes: 16 }), hex(16)],
  [
    t.path("P"),
    fc
      .array(fc.stringMatching(/^[0-9A-Za-z_-]{1,32}$/), { minLength: 1, maxLength: 8 })
      .map((steps) => steps.join("/")),
  ],
  [t.list(t.integer("I"), "L"), fc.array(big, { maxLength: 5 })],
  [
    t.group({ a: t.integer("A"), b: t.optional(t.flag("B")) }, "G"),
    fc.record({ a: big, b: fc.boolean() }, { requiredKeys: ["a"] }),
  ],
  [t.sealed(t.text("T"), { of: "a.b" }), hex(32)],
];

test.each(VALUES)("a $kind survives bytes and JSON, and its order is an order", (field, values) => {
  const codec = codecOf(field, "record");
  fc.assert(
    fc.property(values, values, (value, other) => {
      expect(codec.decode(decode(encode(codec.encode(value))))).toEqual(value);
      expect(codec.fromJson(JSON.parse(JSON.stringify(codec.toJson(value))))).toEqual(value);
      expect(Math.sign(codec.compare(value, other))).toBe(-Math.sign(codec.compare(other, value)) + 0);
    }),
    RUN,
  );
});

// What a ledger meets from strangers: names that exist, values that need not.
const NAMES = [
  ...Object.keys(input),
  "receipt",
  "count",
  "amount",
  "currency",
  "size",
  "sha256",
  "root",
  "commitment",
  "__proto__",
  "toString",
];
const scalar = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(1n << 64n), max: 1n << 64n }),
  fc.constantFrom("", "B1", "44/03", "CNY", "a", "entry"),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 33 }),
  fc.constant(new Uint8Array(32)),
);
const anything = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar as fc.Arbitrary<CborValue>, // its parts are CBOR values
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), tie("value")), { maxLength: 9 }).map((entries) => new Map(entries)),
  ),
})).value;
const mapOfInput = fc
  .record(Object.fromEntries(Object.keys(input).map((name) => [name, anything])), { requiredKeys: [] })
  .map((members) => new Map(Object.entries(members).map(([name, value]) => [name, value ?? null] as const)));

/** Runs it; whatever it throws must be a ContractError. */
function refusesInWords(attempt: () => unknown): void {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
  }
}

test("bytes that are no input are refused in words, whatever they are", () => {
  fc.assert(
    fc.property(fc.oneof(mapOfInput, anything), (value) => {
      refusesInWords(() => decodeInput(input, value));
      if (value instanceof Map) refusesInWords(() => findMisplaced(input, value));
      refusesInWords(() => decodeRecord(fields, encode([1, value])));
      if (Array.isArray(value)) refusesInWords(() => decodeKey(key, value));
    }),
    { ...RUN, numRuns: 3000 },
  );
});

test("JSON that is no input is refused in words, whatever it is", () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc.record(Object.fromEntries(Object.keys(input).map((name) => [name, fc.jsonValue()])), { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(json, (value) => {
      refusesInWords(() => inputFromJson(input, value));
      // A program without types may hand over anything at all.
      refusesInWords(() => encodeInput(input, value as never, () => new Uint8Array(32)));
      refusesInWords(() => sealedPlaces(input, value as never));
    }),
    { ...RUN, numRuns: 3000 },
  );
});

test("values of the wrong type are refused in words by every kind", () => {
  for (const [field] of VALUES) {
    const codec = codecOf(field, "record");
    for (const wrong of [
      undefined,
      null,
      5,
      -1.5,
      "",
      "x",
      {},
      [],
      [null],
      { amount: 1n },
      new Uint8Array(3),
      Symbol.iterator,
    ]) {
      refusesInWords(() => codec.encode(wrong));
      refusesInWords(() => codec.toJson(wrong));
      refusesInWords(() => codec.fromJson(wrong));
    }
  }
});

test("a party's URI notices up to four wrong characters", () => {
  const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const changes = fc.array(fc.tuple(fc.nat(57), fc.constantFrom(...alphabet)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(hex(32), changes, (party, places) => {
      const uri = partyToUri(party as never); // 64 hex digits are a party
      const characters = [...uri];
      for (const [at, character] of places) characters["acta:party:".length + at] = character;
      const changed = characters.join("");
      if (changed !== uri) expect(() => partyFromUri(changed)).toThrow("typing mistake");
    }),
    RUN,
  );
});
