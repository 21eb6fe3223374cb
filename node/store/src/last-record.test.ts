import { type CborValue, decode, encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { decodeLastRecord, encodeLastRecord } from "./last-record.ts";

const hash = new Uint8Array(32).fill(1);
const last = {
  height: 7,
  headerHash: hash,
  stateRoot: hash,
  logRoot: hash,
  appHash: hash,
  resultsHash: hash,
  isSigned: true,
};

test("the newest block's record comes back as it was written", () => {
  expect(decodeLastRecord(encodeLastRecord(last))).toEqual(last);
});

test("whether a block was signed is true or false, and nothing that could be taken for false", () => {
  const elements = decode(encodeLastRecord(last)) as CborValue[]; // as it was just written
  for (const wrong of [null, 1, 0, "true"]) {
    expect(() => decodeLastRecord(encode([...elements.slice(0, -1), wrong]))).toThrow("expected true or false");
  }
});
