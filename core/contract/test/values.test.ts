import { type CborMap, type CborValue, decode, encode, isMap, toHex } from "@acta/bytes";
import { describe, expect, test } from "vitest";
import {
  ContractError,
  callToJson,
  decodeInput,
  decodeKey,
  decodeRecord,
  encodeInput,
  encodeKey,
  encodeRecord,
  findMisplaced,
  inputFromJson,
  inputToJson,
  keyFromJson,
  keyToJson,
  partyFromUri,
  partyToUri,
  placesInCall,
  recordFromJson,
  recordToJson,
  sealedPlaces,
} from "../src/index.ts";
import { escrow } from "./escrow.ts";

const { input } = escrow.actions.book;
const { key, fields } = escrow.records.entry;
const HEX = "ab".repeat(32);
const PARTY = partyToUri(HEX as never); // 64 hex digits are a party

const JSON_INPUT = {
  office: "44/03",
  reference: "B1",
  from: PARTY,
  amount: { amount: "900.00", currency: "CNY" },
  papers: { receipt: { size: "5", sha256: HEX, root: HEX }, count: "2" },
  remark: "paid in cash",
  state: "a",
};
const given = inputFromJson(input, JSON_INPUT);
const seal = (_place: unknown, value: CborValue): Uint8Array => new Uint8Array(32).fill(encode(value).length);
const call = encodeInput(input, given, seal);

/** The map with one member replaced or, by undefined, dropped. */
const changed = (map: CborMap, name: string, value: CborValue | undefined): CborMap =>
  new Map([...map].filter(([member]) => member !== name).concat(value === undefined ? [] : [[name, value]]));

describe("an input", () => {
  test("is given in JSON and goes back to it", () => {
    expect(inputToJson(input, given)).toEqual(JSON_INPUT);
  });

  test("enters a call with sealed arrays, and contract code sees commitments alone", () => {
    const papers = call.get("papers");
    const receipt = papers !== undefined && isMap(papers) ? papers.get("receipt") : undefined;
    expect(receipt).toEqual(["entry", ["44/03", "B1"], ["papers", "receipt"], expect.any(Uint8Array)]);
    const values = decodeInput(input, decode(encode(call)));
    expect(values.papers.receipt).toBe(toHex(new Uint8Array(32).fill(encode(receiptValue()).length)));
    expect(values.amount).toEqual({ amount: 90000n, currency: "CNY" });
    expect(callToJson(input, values)["remark"]).toEqual({ commitment: values.remark });
  });

  test("takes a commitment made beforehand in place of a sealed value", () => {
    const committed = inputFromJson(input, { ...JSON_INPUT, remark: { commitment: HEX } });
    expect(decodeInput(input, encodeInput(input, committed, seal)).remark).toBe(HEX);
    expect(inputToJson(input, committed)["remark"]).toEqual({ commitment: HEX });
  });

  test("needs somebody who seals", () => {
    expect(() => encodeInput(input, given)).toThrow("lacks the means to seal papers.receipt");
  });

  test("names its sealed places, absent ones left out", () => {
    const { remark: _, ...withoutRemark } = JSON_INPUT;
    expect(sealedPlaces(input, given).map(({ path }) => path.join("."))).toEqual(["papers.receipt", "remark"]);
    expect(sealedPlaces(input, inputFromJson(input, withoutRemark)).map(({ path }) => path.join("."))).toEqual([
      "papers.receipt",
    ]);
    expect(placesInCall(input, call).map(({ record, key, field }) => [record, key, field])).toEqual([
      ["entry", ["44/03", "B1"], ["papers", "receipt"]],
      ["entry", ["44/03", "B1"], ["remark"]],
    ]);
  });

  test("shows a value that was sealed for another place", () => {
    expect(findMisplaced(input, call)).toBeUndefined();
    const elsewhere = changed(call, "remark", ["entry", ["44/03", "B3"], ["remark"], new Uint8Array(32)]);
    expect(findMisplaced(input, elsewhere)?.path).toEqual(["remark"]);
    const otherField = changed(call, "remark", ["entry", ["44/03", "B1"], ["papers", "receipt"], new Uint8Array(32)]);
    expect(findMisplaced(input, otherField)?.path).toEqual(["remark"]);
  });

  test.each<[string, CborMap, string]>([
    ["a missing field", changed(call, "state", undefined), "state: is missing"],
    ["an unknown field", changed(call, "colour", "red"), 'has no field "colour"'],
    ["null for an absent optional", changed(call, "remark", null), "remark: must be an array"],
    [
      "text for a number",
      changed(
        call,
        "amount",
        new Map([
          ["amount", "1"],
          ["currency", "CNY"],
        ]),
      ),
      "amount: must be an integer",
    ],
    ["a commitment without its place", changed(call, "remark", new Uint8Array(32)), "remark: must be an array"],
    [
      "a short commitment",
      changed(call, "remark", ["entry", [], ["remark"], new Uint8Array(31)]),
      "remark: must have a commitment of 32 bytes",
    ],
    ["what fails the check of a refinement", changed(call, "reference", "B2"), "reference: does not satisfy endsInOdd"],
    [
      "a field of a group that is missing",
      changed(call, "papers", new Map([["count", 1]])),
      "papers.receipt: is missing",
    ],
  ])("is refused with %s", (_, wrong, message) => {
    const attempt = (): unknown => decodeInput(input, wrong);
    expect(attempt).toThrow(ContractError);
    expect(attempt).toThrow(message);
  });

  test("that is no map is refused", () => {
    expect(() => decodeInput(input, [1])).toThrow("must be a map");
  });
});

describe("a record", () => {
  const values = {
    from: HEX,
    amount: { amount: 1n, currency: "CNY" },
    papers: { receipt: HEX, count: 2n },
    lines: [1500n],
  } as never;

  test("is kept as its version and its fields by name", () => {
    const bytes = encodeRecord(fields, values, 3);
    expect(decodeRecord(fields, bytes)).toEqual({ version: 3, values });
    const [version, map] = decode(bytes) as readonly CborValue[]; // written just above
    expect(version).toBe(3);
    expect(map !== undefined && isMap(map) ? [...map.keys()].map(String).toSorted() : []).toEqual([
      "amount",
      "from",
      "lines",
      "papers",
    ]);
  });

  test("shows commitments in JSON and goes back", () => {
    const json = recordToJson(fields, values);
    expect(json["papers"]).toEqual({ receipt: { commitment: HEX }, count: "2" });
    expect(json["lines"]).toEqual(["1.500"]);
    expect(recordFromJson(fields, json)).toEqual(values);
  });

  test("that is not of its shape is refused as a record", () => {
    const wrong = { ...(values as object), papers: { receipt: HEX, count: 10n } } as never;
    expect(() => encodeRecord(fields, wrong, 1)).toThrow("papers.count: must be at most 9");
    expect(() => decodeRecord(fields, encode([1, new Map()]))).toThrow(
      expect.objectContaining({ code: "malformed-record" }),
    );
    expect(() => decodeRecord(fields, encode([0, new Map()]))).toThrow(ContractError);
  });

  test("has a key whose elements stand in the order of its declaration", () => {
    const named = { reference: "B1", office: "44/03" };
    expect(encodeKey(key, named)).toEqual(["44/03", "B1"]);
    expect(decodeKey(key, ["44/03", "B1"])).toEqual(named);
    expect(keyFromJson(key, keyToJson(key, named))).toEqual(named);
    expect(() => decodeKey(key, ["44/03"])).toThrow("must have 2 parts: office, reference");
    expect(() => encodeKey(key, { office: "44/03" } as never)).toThrow(
      expect.objectContaining({ code: "malformed-key" }),
    );
  });
});

describe("a party", () => {
  test("is written with check characters that notice any one mistake", () => {
    expect(PARTY).toMatch(/^acta:party:[02-9ac-hj-np-z]{58}$/);
    expect(partyFromUri(PARTY)).toBe(HEX);
    for (let at = "acta:party:".length; at < PARTY.length; at++) {
      const wrong = PARTY.slice(0, at) + (PARTY.charAt(at) === "q" ? "p" : "q") + PARTY.slice(at + 1);
      expect(() => partyFromUri(wrong)).toThrow("typing mistake");
    }
  });

  test("is refused in another form", () => {
    expect(() => partyFromUri(HEX)).toThrow("must be a party");
    expect(() => partyFromUri(PARTY.toUpperCase())).toThrow(ContractError);
    expect(() => partyFromUri(`${PARTY}q`)).toThrow("58 characters");
  });
});

/** The sealed file in the canonical form that is committed to. */
function receiptValue(): CborValue {
  const hash = new Uint8Array(32).fill(0xab);
  return new Map<string, CborValue>([["size", 5], ["sha256", hash], ["root", hash]]); // biome-ignore format: a map
}
