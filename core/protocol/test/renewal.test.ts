import { encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { encodeRenewal, parseRenewal, type Renewal } from "../src/index.ts";
import { TestChain } from "./chain.ts";

const chain = new TestChain("renewals", 1);
while (chain.height < 9) chain.add();
const toHeader: Renewal = { link: chain.link(3, 7), header: chain.header(8), commit: chain.commitProof(8) };
const toHeight: Renewal = { link: chain.link(3, 7), height: 7 };

test("a renewal is read as it was written, to a header and to a height", () => {
  expect(parseRenewal(encodeRenewal(toHeader))).toEqual(toHeader);
  expect(encodeRenewal(parseRenewal(encodeRenewal(toHeight)))).toEqual(encodeRenewal(toHeight));
});

test.each([
  ["nothing", []],
  ["a link alone", [[0, new Uint8Array(32), new Uint8Array(), new Uint8Array(32)]]],
  ["no height", [[0, new Uint8Array(32), new Uint8Array(), new Uint8Array(32)], "7"]],
  ["a link without a root", [[0, new Uint8Array(31), new Uint8Array(), new Uint8Array(32)], 7]],
  ["no header", [[0, new Uint8Array(32), new Uint8Array(), new Uint8Array(32)], null, 7]],
])("a renewal with %s is refused", (_what, value) => {
  expect(() => parseRenewal(encode(value))).toThrow(/malformed|link|commit|header|height/);
});
