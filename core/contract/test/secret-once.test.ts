import { decode, encode, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import {
  action,
  anyone,
  checkWording,
  contract,
  contractFromManifest,
  differences,
  type InputOf,
  inputFromJson,
  jsonSchema,
  lawPage,
  manifestOf,
  manifestToJson,
  partyToUri,
  record,
  type Shape,
  secret,
  t,
  wordingKeys,
} from "../src/index.ts";

const id = t.text("Grant");
const household = t.sealed(t.text("Household number"), { of: "grant.household" });
const year = t.integer("Year");
const records = { grant: record("Grant", { id }, { household, year }) };
const scope = secret("household", "tag-office");

const claim = action(records, {
  title: "Claim",
  input: { id, household, year, note: t.optional(t.text("Note")) },
  allow: anyone,
  refusals: { there: "It is there." },
  once: [{ scope, key: ["household"], within: ["year"] }],
  apply({ input, state }) {
    // @ts-expect-error the tags are the ledger's business
    void input.tags;
    const { id: grant, household: commitment, year: of } = input;
    state.grant.insert({ id: grant }, { household: commitment, year: of }, "there");
  },
});

const grants = contract({
  name: "grants",
  title: "Grants",
  roles: { "tag-office": "Makes tags." },
  records,
  actions: { claim },
});

action(records, {
  title: "Claim",
  input: { id, household, year, note: t.optional(t.text("Note")) },
  allow: anyone,
  once: [
    // @ts-expect-error a sealed input cannot be used once for all to see
    { scope: "household", key: ["household"] },
    // @ts-expect-error a public input has no tag
    { scope, key: ["year"] },
    // @ts-expect-error what may be absent makes no key
    { scope: "notes", key: ["note"] },
    // @ts-expect-error a sealed input does not narrow a scope
    { scope, key: ["household"], within: ["household"] },
  ],
  apply() {},
});

const tag: NonNullable<InputOf<typeof grants.actions.claim>["tags"]>[number] = {
  tag: "11".repeat(32) as never,
  office: "22".repeat(32) as never,
  key: "33".repeat(32) as never,
  signature: new Uint8Array(64),
};

describe("an action that uses sealed values once", () => {
  test("has an input for the tags, one for each declaration, in JSON and its schema too", () => {
    const { input } = grants.actions.claim;
    expect(Object.keys(input)).toEqual(["id", "household", "year", "note", "tags"]);
    const schema = JSON.parse(JSON.stringify(jsonSchema(input)));
    expect([schema.required, schema.properties.tags.minItems, schema.properties.tags.maxItems]).toEqual([
      ["id", "household", "year"],
      1,
      1,
    ]);
    const office = partyToUri(tag.office);
    const json = { id: "1", household: "4711", year: "2027", tags: [{ ...tag, office, signature: "" }] };
    expect(inputFromJson(input, json).tags).toEqual([{ ...tag, signature: new Uint8Array(0) }]);
  });

  test("is the same contract again from its manifest, which says who vouches", () => {
    const bytes = encode(manifestOf(grants));
    const again = contractFromManifest(decode(bytes), { apply: { claim: claim.apply } });
    expect(toHex(encode(manifestOf(again)))).toBe(toHex(bytes));
    expect(again).toEqual(grants);
    const json = JSON.parse(JSON.stringify(manifestToJson(grants)));
    expect(json.actions.claim.once).toEqual([
      { scope: "household", key: ["household"], office: "tag-office", within: ["year"] },
    ]);
  });

  test("says on the law page, in both languages, what is used once and who vouches for it", () => {
    const page = lawPage(grants);
    expect(page).toContain(
      "Refused where the same “Household number” was used before with the same “Year” (`household`).",
    );
    expect(page).toContain("It stays sealed: whoever holds the role **tag-office** makes a tag of it");
    expect(page).not.toContain("Tags of sealed values");
    const chinese = lawPage(grants, { "grants.records.grant.fields.household": "户号" }, "zh");
    expect(chinese).toContain(
      "“Year”相同，且同一“户号”此前已经使用的，予以拒绝（`household`）。其内容保持密封：由担任 **tag-office** 角色者制作标签",
    );
  });

  test("needs no words for the tags, which are the language's", () => {
    const keys = [...wordingKeys(grants).keys()];
    expect(keys.filter((key) => key.includes("tags"))).toEqual([]);
    const wording = Object.fromEntries(wordingKeys(grants));
    expect(checkWording(grants, wording)).toEqual({ missing: [], stale: [], differingBlanks: [] });
  });

  test("changes incompatibly with the role that vouches", () => {
    const roles = { "tag-office": "Makes tags.", other: "Too." };
    const now = { ...claim, once: [{ scope: "household", key: ["household"], office: "other", within: ["year"] }] };
    const after = contract({ name: "grants", title: "Grants", roles, records, actions: { claim: now } });
    expect(differences(grants, after).map(({ effect, at }) => `${effect} ${at}`)).toEqual([
      "added roles.other",
      "incompatible actions.claim.once",
    ]);
  });
});

describe("a definition is refused", () => {
  const with_ =
    (once: (typeof claim)["once"], input: Shape = claim.input, more: object = {}) =>
    () =>
      contract({
        name: "grants",
        title: "Grants",
        roles: { "tag-office": "Makes tags." },
        records,
        actions: { claim: { ...claim, input, once: once ?? [] } },
        ...more,
      });
  const declared = { scope: "household", key: ["household"], office: "tag-office" };

  test("whose tags have no role to vouch for them", () => {
    expect(with_([{ ...declared, office: "nobody" }])).toThrow("There is no role nobody.");
  });

  test("that takes a public input for a sealed one, or the other way round", () => {
    expect(with_([{ ...declared, key: ["year"] }])).toThrow("It is no sealed input that is always there.");
    expect(with_([{ scope: "household", key: ["household"] }])).toThrow("It is no input that makes a key.");
    expect(with_([{ ...declared, within: ["household"] }])).toThrow("It is no input that makes a key.");
  });

  test("whose scope is shared, another contract's, or public elsewhere", () => {
    expect(with_([{ ...declared, scope: "other.household" }])).toThrow("belongs to its own contract alone");
    expect(with_([declared], claim.input, { scopes: { household: "A household." } })).toThrow(
      "It is over sealed values",
    );
    expect(with_([declared, { scope: "household", key: ["year"] }])).toThrow("It is over sealed values");
  });

  test("that has another input called tags", () => {
    expect(with_([declared], { ...claim.input, tags: t.text("Tags") })).toThrow("give the input another name");
  });
});
