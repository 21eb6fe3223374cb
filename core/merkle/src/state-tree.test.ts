import { compareBytes, toHex } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyHashOf, naiveStateRoot, pairsOf, valueBytes } from "../test/naive.ts";
import { purePairHasher } from "./pair-hasher.ts";
import { StateTree } from "./state-tree.ts";
import type { StateChange } from "./update.ts";

type Write = readonly [key: number, value: number | null];

const key = fc.nat(40);
const writes = fc.uniqueArray(fc.tuple(key, fc.option(fc.nat(3), { freq: 3 })), {
  selector: ([n]) => n,
  maxLength: 25,
});

function changesOf(batch: readonly Write[]): StateChange[] {
  return batch.map(([n, value]) => [keyHashOf(n), value === null ? null : sha256(valueBytes(value))]);
}

function after(state: ReadonlyMap<number, number>, batch: readonly Write[]): Map<number, number> {
  const next = new Map(state);
  for (const [n, value] of batch) {
    if (value === null) next.delete(n);
    else next.set(n, value);
  }
  return next;
}

const rootOf = (state: ReadonlyMap<number, number>) => toHex(naiveStateRoot(pairsOf(state)));

describe("the state tree", () => {
  test("has the root that FORMATS defines by recursion, through commits and rollbacks", () => {
    const step = fc.tuple(writes, fc.constantFrom("commit", "rollback", "stage more"));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const tree = StateTree.empty();
        let committed = new Map<number, number>();
        let staged = committed;
        for (const [batch, end] of steps) {
          staged = after(staged, batch);
          expect(toHex(tree.update(changesOf(batch)))).toBe(rootOf(staged));
          expect(toHex(tree.stagedRoot)).toBe(rootOf(staged));
          expect(toHex(tree.root)).toBe(rootOf(committed));
          if (end === "commit") committed = staged;
          if (end === "rollback") staged = committed;
          if (end !== "stage more") tree[end as "commit" | "rollback"]();
          expect([tree.size, toHex(tree.root)]).toEqual([committed.size, rootOf(committed)]);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test("does not depend on the order of insertion, in one batch or in many", () => {
    fc.assert(
      fc.property(writes, fc.array(fc.nat()), (batch, order) => {
        const kept = batch.filter(([, value]) => value !== null);
        const shuffled = kept.toSorted(([a], [b]) => (order[a] ?? a) - (order[b] ?? b));
        const atOnce = StateTree.empty().update(changesOf(kept));
        const oneByOne = StateTree.empty();
        for (const write of shuffled) oneByOne.update(changesOf([write]));
        expect(oneByOne.stagedRoot).toEqual(atOnce);
        expect(StateTree.empty().update(changesOf(shuffled))).toEqual(atOnce);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("comes back to its earlier root when what was added is removed", () => {
    fc.assert(
      fc.property(writes, fc.uniqueArray(key, { minLength: 1 }), (batch, added) => {
        const state = after(new Map(), batch);
        const fresh = added.filter((n) => !state.has(n));
        const tree = StateTree.empty();
        tree.update(changesOf(batch));
        tree.commit();
        const before = tree.root;
        tree.update(changesOf(fresh.map((n) => [n, 1])));
        tree.commit();
        tree.update(changesOf(fresh.map((n) => [n, null])));
        tree.commit();
        expect(tree.root).toEqual(before);
        expect(tree.size).toBe(state.size);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  test("knows its committed values and pairs, in the order of the keys' hashes", () => {
    const tree = StateTree.empty();
    const state = new Map(Array.from({ length: 300 }, (_, n) => [n, n] as const));
    tree.update(changesOf([...state]));
    expect(tree.valueHash(keyHashOf(7))).toBeUndefined();
    tree.commit();
    expect(tree.valueHash(keyHashOf(7))).toEqual(sha256(valueBytes(7)));
    expect(tree.valueHash(keyHashOf(300))).toBeUndefined();
    expect([...tree.pairs()]).toEqual(pairsOf(state).sort(([a], [b]) => compareBytes(a, b)));
  });

  test("hashes inner nodes by an injected hasher, one batch for each depth", () => {
    const batches: number[] = [];
    const counting = {
      hash(input: Uint8Array, output: Uint8Array): void {
        batches.push(input.length / 64);
        purePairHasher.hash(input, output);
      },
    };
    const changes = changesOf(Array.from({ length: 64 }, (_, n) => [n, n]));
    expect(StateTree.empty(counting).update(changes)).toEqual(StateTree.empty().update(changes));
    expect(batches.at(-1)).toBe(1);
    expect(batches.length).toBeLessThan(20);
    expect(batches.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(63);
  });

  test("uses the nodes again that commits and rollbacks give back", () => {
    const tree = StateTree.empty();
    tree.update(changesOf(Array.from({ length: 1000 }, (_, n) => [n, 0])));
    tree.commit();
    for (let round = 1; round <= 100; round++) {
      tree.update(changesOf(Array.from({ length: 50 }, (_, n) => [n, round])));
      if (round % 2 === 0) tree.rollback();
      else tree.commit();
    }
    const state = new Map(Array.from({ length: 1000 }, (_, n) => [n, n < 50 ? 99 : 0] as const));
    expect(toHex(tree.root)).toBe(rootOf(state));
  });

  test("refuses a key twice in one batch and what is no hash, and stages nothing of it", () => {
    const tree = StateTree.empty();
    tree.update(changesOf([[1, 1]]));
    const twice = changesOf([
      [2, 1],
      [3, 1],
      [2, null],
    ]);
    expect(() => tree.update(twice)).toThrow(expect.objectContaining({ code: "duplicate-key" }));
    expect(() => tree.update([[new Uint8Array(31), null]])).toThrow(expect.objectContaining({ code: "wrong-length" }));
    expect(() => tree.valueHash(new Uint8Array(33))).toThrow(expect.objectContaining({ code: "wrong-length" }));
    tree.commit();
    expect(toHex(tree.root)).toBe(rootOf(new Map([[1, 1]])));
  });

  test("tells keys apart that differ in their last bit only", () => {
    const tree = StateTree.empty();
    const left = new Uint8Array(32);
    const right = Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 1 : 0));
    const value = sha256(valueBytes(1));
    const root = tree.update([
      [left, value],
      [right, value],
    ]);
    expect(root).toEqual(
      naiveStateRoot([
        [left, value],
        [right, value],
      ]),
    );
    tree.commit();
    expect(tree.update([[right, null]])).toEqual(naiveStateRoot([[left, value]]));
  });
});
