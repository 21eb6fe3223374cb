import { toHex } from "@acta/bytes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveListRoot } from "../test/naive.ts";
import { consistencyProof, verifyConsistency } from "./consistency.ts";
import { HistoryLog } from "./history-log.ts";
import { leafHash, listPath } from "./list.ts";

const entries = Array.from({ length: 100 }, (_, i) => Uint8Array.of(i, 7));
const hashes = entries.map(leafHash);
const log = HistoryLog.from(hashes);

describe("the history log", () => {
  test("has at every size the root of the list up to there", () => {
    const growing = HistoryLog.empty();
    for (let size = 0; size <= 100; size++) {
      const root = toHex(naiveListRoot(entries.slice(0, size)));
      expect([growing.size, toHex(growing.root()), toHex(log.root(size))]).toEqual([size, root, root]);
      if (size < 100) growing.append(entries[size] as Uint8Array);
    }
  });

  test("has for every size the paths of the list up to there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(), (size, n) => {
        expect(log.path(n % size, size)).toEqual(listPath(hashes.slice(0, size), n % size));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("proves that each size continues the earlier ones", () => {
    for (let size2 = 1; size2 <= 40; size2++) {
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = log.consistency(size1, size2);
        const claim = { size1, root1: log.root(size1), size2, root2: log.root(size2), proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, root1: log.root(size1 - 1) })).toBe(false);
        expect(verifyConsistency({ ...claim, root2: log.root(size2 - 1) })).toBe(false);
      }
    }
    expect(consistencyProof(hashes, 60)).toEqual(log.consistency(60, 100));
  });

  test("goes on from its edge alone, and keeps nothing before it", () => {
    for (let size = 0; size < 100; size++) {
      const continued = HistoryLog.from(HistoryLog.from(hashes.slice(0, size)).edge());
      for (const hash of hashes.slice(size)) continued.appendHash(hash);
      expect(toHex(continued.root())).toBe(toHex(log.root()));
      expect(continued.edge()).toEqual(log.edge());
    }
    const continued = HistoryLog.from(HistoryLog.from(hashes.slice(0, 64)).edge());
    continued.appendHash(hashes[64] as Uint8Array);
    expect(continued.path(64, 65)).toEqual(log.path(64, 65));
    expect(() => continued.path(3, 65)).toThrow(expect.objectContaining({ code: "not-kept" }));
  });

  test.each([-1, 101, 0.5])("never had the size %s", (size) => {
    expect(() => log.root(size)).toThrow(expect.objectContaining({ code: "no-such-size" }));
    expect(() => log.path(0, size)).toThrow(expect.objectContaining({ code: "no-such-size" }));
    expect(() => log.consistency(1, size)).toThrow(expect.objectContaining({ code: "no-such-size" }));
  });

  test("refuses what is no entry, no leaf hash and no edge", () => {
    expect(() => log.path(5, 5)).toThrow(expect.objectContaining({ code: "out-of-range" }));
    expect(() => log.consistency(0, 5)).toThrow(expect.objectContaining({ code: "no-such-size" }));
    expect(() => log.appendHash(new Uint8Array(31))).toThrow(expect.objectContaining({ code: "wrong-length" }));
    const edge = { size: 3, hashes: new Uint8Array(32) };
    expect(() => HistoryLog.from(edge)).toThrow(expect.objectContaining({ code: "wrong-edge" }));
  });
});
