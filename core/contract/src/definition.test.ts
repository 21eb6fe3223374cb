import { expect, test } from "vitest";
import { action } from "./action.ts";
import { contract } from "./contract.ts";
import type { Shape } from "./field.ts";
import { record } from "./record.ts";
import { anyone, consent, consentEach, consentIfAny, kOf, type Rule, signedBy } from "./rule.ts";
import { t } from "./t.ts";

const key = { thing: t.id("thing", "Thing") };

/** A contract of one record and one action, of which each test spoils one thing. */
function define(part: {
  fields?: Shape;
  input?: Shape;
  allow?: Rule<never, never>;
  refusals?: Readonly<Record<string, string>>;
}): unknown {
  const records = {
    thing: record("Thing", key, part.fields ?? { owner: t.party("Owner"), heir: t.optional(t.party("Heir")) }),
  };
  const act = action(records, {
    title: "Act",
    input: part.input ?? { ...key, by: t.party("By") },
    allow: part.allow ?? anyone,
    refusals: part.refusals ?? {},
    apply() {},
  });
  return contract({ name: "things", title: "Things", roles: {}, records, actions: { act } });
}

test("stands as it is where nothing is spoilt", () => {
  expect(define({})).toBeDefined();
  expect(define({ allow: consentIfAny("thing", "heir") })).toBeDefined();
  const input = { things: t.list(key.thing, "Things", { max: 9 }) };
  expect(define({ allow: consentEach("things", "thing", "owner"), input })).toBeDefined();
});

test.each<[string, Parameters<typeof define>[0], string]>([
  ["a consent of no record", { allow: consent("parcel", "owner") }, "There is no record parcel."],
  ["a consent of no party", { allow: consent("thing", "colour") }, "thing.colour is no party."],
  ["a consent whose key is not asked for", { allow: consent("thing", "owner"), input: {} }, "must be an input"],
  ["a consent of an optional field", { allow: consent("thing", "heir") }, "consentIfAny"],
  ["a consent of each of no list", { allow: consentEach("by", "thing", "owner") }, "by is no list of keys of thing"],
  [
    "a consent of each in a list of something else",
    { allow: consentEach("days", "thing", "owner"), input: { days: t.list(t.date("Day"), "Days") } },
    "days is no list of keys of thing",
  ],
  ["a consent of each by a party that may be absent", { allow: consentEach("by", "thing", "heir") }, "always there"],
  ["a signature of no input", { allow: signedBy("thing") }, "thing is no party of the input."],
  ["two of one", { allow: kOf(2, anyone) }, "asks for more than it lists"],
  ["a refusal in camel case", { refusals: { tooLate: "Too late." } }, "is no name for a refusal"],
  ["a refusal without a sentence", { refusals: { late: "" } }, "It needs a sentence"],
  ["a stray brace", { refusals: { late: "Late by { days}." } }, "It needs a sentence"],
  ["a field in kebab case", { input: { "due-date": t.date("Due") } }, "is no name for a field"],
  ["a field named like a member of every object", { input: { constructor: t.date("Due") } }, "is no name for a field"],
  ["a pattern that is none", { input: { code: t.text("Code", { pattern: "(" }) } }, "Invalid regular expression"],
  [
    "a pattern of Unicode properties",
    { input: { code: t.text("Code", { pattern: "\\p{L}+" }) } },
    "A pattern cannot use",
  ],
  [
    "a sealed input of no field",
    { input: { ...key, photo: t.sealed(t.file("Photo"), { of: "thing.photo" }) } },
    "There is no sealed field thing.photo.",
  ],
  [
    "a sealed field in another's place",
    { fields: { photo: t.sealed(t.file("Photo"), { of: "thing.deed" }) } },
    "It is sealed for thing.deed",
  ],
  [
    "a sealed input whose record's key is not asked for",
    {
      fields: { photo: t.sealed(t.file("Photo"), { of: "thing.photo" }) },
      input: { photo: t.sealed(t.file("Photo"), { of: "thing.photo" }) },
    },
    "thing of its key must be an input",
  ],
  [
    "a sealed value in a list",
    { fields: { photos: t.list(t.sealed(t.file("Photo"), { of: "thing.photos" }), "Photos") } },
    "A list cannot hold sealed values",
  ],
  [
    "an optional entry of a list",
    { fields: { words: t.list(t.optional(t.text("Word")), "Words") } },
    "Only a field of its own may be optional.",
  ],
  ["a field that stands in the key", { fields: { thing: t.text("Thing") } }, "It stands in the key already."],
])("is refused with %s", (_, part, message) => {
  expect(() => define(part)).toThrow(expect.objectContaining({ code: "malformed-definition" }));
  expect(() => define(part)).toThrow(message);
});
