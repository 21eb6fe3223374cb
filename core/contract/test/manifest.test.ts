import { type CborKey, type CborMap, type CborValue, decode, encode, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import {
  bundleHash,
  type ContractDefinition,
  ContractError,
  checkApplicationWording,
  checkWording,
  contractFromManifest,
  jsonSchema,
  lawPage,
  manifestHash,
  manifestOf,
  manifestToJson,
  openApi,
  wordingKeys,
} from "../src/index.ts";
import { escrow, escrowCode } from "./escrow.ts";

const bytes = encode(manifestOf(escrow));

describe("a manifest", () => {
  test("is data only, and with its functions makes the contract again", () => {
    const rebuilt = contractFromManifest(decode(bytes), escrowCode);
    expect(rebuilt).toEqual(escrow);
    expect(encode(manifestOf(rebuilt))).toEqual(bytes);
    expect(Object.keys(rebuilt.records["entry"]?.key ?? {})).toEqual(["office", "reference"]);
  });

  test("is refused without the functions that it names", () => {
    expect(() => contractFromManifest(decode(bytes), { ...escrowCode, apply: {} })).toThrow(
      "There is no code for the action book.",
    );
    expect(() => contractFromManifest(decode(bytes), { apply: escrowCode.apply })).toThrow(
      "There is no code for the check endsInOdd.",
    );
  });

  test.each([
    [[1, 2]],
    [new Map([["format", 2]])],
    [new Map([["format", 1]])],
    [
      new Map<string, string | number>([
        ["format", 1],
        ["name", "x"],
      ]),
    ],
  ])("is refused where it is something else: %s", (wrong) => {
    expect(() => contractFromManifest(wrong, escrowCode)).toThrow(ContractError);
  });

  test("is refused where it holds more than the contract's own, or a part is of another type", () => {
    const whole = decode(bytes) as CborMap; // as it was just written
    const more = new Map([...whole, ["more", 1]]);
    expect(() => contractFromManifest(more, escrowCode)).toThrow("It holds something that a manifest");
    const choiceless = new Map([["kind", "choice"]]);
    const records = [
      [
        "entry",
        new Map<string, CborValue>([
          ["title", "x"],
          ["key", []],
          ["fields", [["a", choiceless]]],
        ]),
      ],
    ];
    const wrong = new Map<CborKey, CborValue>([...whole, ["records", records]]);
    expect(() => contractFromManifest(wrong, escrowCode)).toThrow(ContractError);
  });

  test("is JSON for pages: no functions, big numbers as text, fields in their order", () => {
    const json = JSON.parse(JSON.stringify(manifestToJson(escrow)));
    expect(json.actions.book.apply).toBeUndefined();
    expect(json.records.entry.fields.papers.fields.count.max).toBe("9");
    expect(json.records.entry.key.reference.check).toBe("endsInOdd");
    expect(Object.keys(json.records.entry.fields)).toEqual(["from", "amount", "papers", "remark", "lines"]);
  });
});

describe("a bundle's hash", () => {
  const wording = { "escrow.title": "付款" };

  test("follows manifest and own wording, not a neighbour's", () => {
    const hash = toHex(bundleHash(escrow, wording));
    expect(toHex(bundleHash(escrow, { ...wording, "titles.title": "产权" }))).toBe(hash);
    expect(toHex(bundleHash(escrow, { "escrow.title": "支付" }))).not.toBe(hash);
    expect(toHex(bundleHash({ ...escrow, title: "Other" }, wording))).not.toBe(hash);
    expect(toHex(bundleHash(escrow, wording, new Uint8Array(32).fill(1)))).not.toBe(hash);
    expect(manifestHash(escrow)).toHaveLength(32);
  });
});

describe("wording", () => {
  const complete = Object.fromEntries(wordingKeys(escrow));

  test("has a key for every sentence that a person reads", () => {
    expect([...wordingKeys(escrow).keys()]).toEqual(
      expect.arrayContaining([
        "escrow.title",
        "escrow.roles.bank",
        "escrow.records.entry.key.office",
        "escrow.records.entry.fields.papers.receipt",
        "escrow.book.refusals.too-many",
        "escrow.book.input.state:a",
        "escrow.cancel.input.by",
      ]),
    );
    expect(complete["escrow.book.input.office"]).toBeUndefined(); // the record's own wording serves
  });

  test("is complete, or says what is missing, stale or different", () => {
    expect(checkWording(escrow, { ...complete, "other.title": "x" })).toEqual({
      missing: [],
      stale: [],
      differingBlanks: [],
    });
    const { "escrow.title": _, ...rest } = complete;
    const wrong = { ...rest, "escrow.gone": "x", "escrow.book.refusals.too-many": "{count} 份，太多。" };
    expect(checkWording(escrow, wrong)).toEqual({
      missing: ["escrow.title"],
      stale: ["escrow.gone"],
      differingBlanks: ["escrow.book.refusals.too-many"],
    });
    const application = {
      name: "money",
      title: "Money",
      contracts: [escrow],
      wording: { ...complete, "other.title": "x" },
    };
    expect(checkApplicationWording(application)).toEqual({
      missing: ["application"],
      stale: ["other.title"],
      differingBlanks: [],
    });
  });
});

describe("a law page", () => {
  test("says who may act, and every refusal with its blanks", () => {
    const page = lawPage(escrow);
    expect(page).toContain("### Book a payment (`book`)\n\nMay be sent by a signer in the role **bank**.");
    expect(page).toContain("- It has ‹count› papers, and at most ‹most› are kept. (`too-many`)");
    expect(page).toContain(
      "at least 2 different signers out of: the “From” of the record “Payment booked”, the party named under “By”",
    );
    expect(page).toContain("Closed versions are kept.");
  });

  test("is Chinese where the wording is, English where it is not", () => {
    const page = lawPage(escrow, { "escrow.book.refusals.already-booked": "该凭证已经入账。" }, "zh");
    expect(page).toContain("- 该凭证已经入账。 (`already-booked`)");
    expect(page).toContain("可由任何人提交。");
    expect(page).toContain("# Payments");
  });
});

describe("schemas", () => {
  test("are JSON Schema with unknown members refused", () => {
    const schema = jsonSchema(escrow.actions.book.input);
    expect(JSON.stringify(schema)).toContain('"oneOf"'); // a sealed value, or a commitment to it
    expect(JSON.stringify(jsonSchema(escrow.records.entry.fields, "record"))).not.toContain('"oneOf"');
    expect(schema["additionalProperties"]).toBe(false);
    expect(schema["required"]).toEqual(["office", "reference", "from", "amount", "papers", "state"]);
  });

  test("make an OpenAPI document whose references all lead somewhere", () => {
    const document = openApi([escrow], { title: "Acta", version: "1" });
    const text = JSON.stringify(document);
    const schemas = (document["components"] as { readonly schemas: object }).schemas; // as openApi writes it
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(schemas)).toContain(name);
    expect(Object.keys(document["paths"] as object)).toEqual(
      expect.arrayContaining([
        "/v1/contracts/escrow/book",
        "/v1/records/escrow/entry/{office}/{reference}",
        "/v1/transactions",
      ]),
    );
  });
});

describe("a definition", () => {
  const wrong: readonly (readonly [what: string, part: unknown])[] = [
    ["a name in capitals", { name: "Escrow" }],
    ["a version of nought", { version: 0 }],
    ["a role in camel case", { roles: { bankClerk: "B." } }],
  ];
  test.each(wrong)("is refused with %s", (_, part) => {
    const copy = { ...escrow, ...(part as Partial<ContractDefinition>) };
    expect(() => contractFromManifest(manifestOf(copy), escrowCode)).toThrow(
      expect.objectContaining({ code: "malformed-definition" }),
    );
  });
});
