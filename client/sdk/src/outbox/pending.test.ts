import { type CborValue, decode, encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { decodePendingSlip, decodePendingTransaction, encodePendingSlip, encodePendingTransaction } from "./pending.ts";

const slip = {
  identity: new Uint8Array(32).fill(1),
  call: 3,
  disclosures: [{ path: ["file", 0], salt: new Uint8Array(32).fill(2), value: new Map([["size", 5]]) }],
};
const transaction = { bytes: new Uint8Array([1, 2]), calls: [{ subject: "a.txt", sha256: "00", slip: "a.txt.slip" }] };

test("pending slips and transactions come back as they were written", () => {
  expect(decodePendingSlip(encodePendingSlip(slip), "p")).toEqual(slip);
  expect(decodePendingTransaction(encodePendingTransaction(transaction), "p")).toEqual(transaction);
});

test("a damaged file is refused by its name", () => {
  const bytes = encodePendingSlip(slip);
  expect(() => decodePendingSlip(bytes.subarray(0, -1), "out/a.slip.pending")).toThrow("out/a.slip.pending is damaged");
  expect(() => decodePendingTransaction(bytes, "out/b")).toThrow("out/b is damaged");
});

test("a file with something more in it is refused, wherever it stands", () => {
  const more = [1, [2], [2, [3]]];
  const [, identity, call, disclosures] = decode(encodePendingSlip(slip)) as CborValue[];
  const [first] = disclosures as CborValue[][];
  const tag = "acta/pending-slip/1";
  for (const bytes of [
    [tag, identity, call, disclosures, more],
    [tag, identity, call, [[...(first ?? []), more]]],
  ]) {
    expect(() => decodePendingSlip(encode(bytes as CborValue), "out/c")).toThrow("out/c is damaged");
  }
  const call4 = ["acta/pending-transaction/1", new Uint8Array(1), [["a", "b", "c", "d"]]];
  expect(() => decodePendingTransaction(encode(call4), "out/d")).toThrow("out/d is damaged");
});
