import { decode } from "@acta/bytes";
import type { ErasedValues } from "@acta/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openArchive } from "../test/archive.ts";
import { asAnn } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import type { Moment } from "./record-reading.ts";
import { SPACE } from "./state-key.ts";

const step = fc.record({
  holder: fc.constantFrom(undefined, "", "ann", "bob", "cy"),
  row: fc.constantFrom(1n, 2n),
  place: fc.constantFrom(1n, 2n, 3n),
});
const blocks = fc.array(fc.record({ steps: fc.array(step, { maxLength: 4 }), after: fc.constantFrom(0, 1, 100) }), {
  minLength: 1,
  maxLength: 14,
});
type Step = { readonly holder: string | undefined; readonly row: bigint; readonly place: bigint };

const PLACES = [1n, 2n].flatMap((row) => [1n, 2n, 3n].map((place) => ({ row, place })));

function execute(
  ledger: MemoryLedger,
  { steps, after }: { readonly steps: readonly Step[]; readonly after: number },
): void {
  const calls = steps.map(({ holder, row, place }) =>
    holder === undefined
      ? ledger.call("archive", "take", { row, place })
      : ledger.call("archive", "put", { row, place, holder }),
  );
  const bytes = calls.length === 0 ? [] : [ledger.sign({ signers: [asAnn], calls })];
  ledger.execute(bytes, { time: { seconds: ledger.time + after, nanoseconds: 0 } });
}

const readAt = (ledger: MemoryLedger, key: ErasedValues, moment: Moment) =>
  ledger.recordAsOf("archive", "file", key, moment);

describe("a record that keeps closed versions", () => {
  test("is at any time, and after any block, what it was then", () => {
    fc.assert(
      fc.property(blocks, (drawn) => {
        const ledger = openArchive();
        const byHeight: (ErasedValues | undefined)[][] = [];
        const snapshots: [time: number, files: (ErasedValues | undefined)[]][] = [];
        const snapshot = (): (ErasedValues | undefined)[] => PLACES.map((at) => ledger.record("archive", "file", at));
        snapshots.push([ledger.time - 1, snapshot()]);
        for (const block of drawn) {
          execute(ledger, block);
          byHeight.push(snapshot());
          snapshots.push([ledger.time, snapshot()]);
        }
        const last = new Map(snapshots); // of one second the last counts
        for (const [time, files] of last) {
          for (const at of [time, ...(last.has(time + 1) ? [] : [time + 1])]) {
            expect(PLACES.map((place) => readAt(ledger, place, { time: at }).values)).toEqual(files);
          }
        }
        for (const [index, files] of byHeight.entries()) {
          expect(PLACES.map((place) => readAt(ledger, place, { height: index + 1 }).values)).toEqual(files);
        }
      }),
      { numRuns: 60, seed: 61 },
    );
  });

  test("closes one version in a block, however often it changed, and none where it ends as it began", () => {
    const ledger = openArchive();
    const put = (...holders: string[]) =>
      execute(ledger, { after: 10, steps: holders.map((holder) => ({ holder, row: 1n, place: 1n })) });
    const closed = () =>
      ledger
        .entries()
        .map(([key]) => decode(key) as readonly unknown[])
        .filter(([space]) => space === SPACE.closedVersion)
        .map((key) => key.slice(1));
    put("ann");
    expect(closed()).toEqual([["archive", "file", 1, 1]]);
    put("bob", "ann");
    put("bob", "cy", "bob");
    expect(closed()).toEqual([
      ["archive", "file", 1, 1],
      ["archive", "file", 1, 1, 1],
    ]);
  });
});
