import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { archive, openArchive } from "../test/archive.ts";
import { asAnn } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { type Moment, type RecordQuestion, recordKeys, shownRecord } from "./record-reading.ts";
import { showKeys } from "./shown-state.ts";

const PLACE = { row: 1n, place: 1n };
const question = (moment?: Moment): RecordQuestion => ({ definition: archive, record: "file", key: PLACE, moment });

/** A ledger on which a file was with these holders in turn, ten seconds each; undefined: it was away. */
function lent(...holders: readonly (string | undefined)[]): MemoryLedger {
  const ledger = openArchive();
  for (const holder of holders) {
    const call =
      holder === undefined
        ? ledger.call("archive", "take", PLACE)
        : ledger.call("archive", "put", { ...PLACE, holder });
    const time = { seconds: ledger.time + 10, nanoseconds: 0 };
    ledger.execute([ledger.sign({ signers: [asAnn], calls: [call] })], { time });
  }
  return ledger;
}

const place = (ledger: MemoryLedger) => ({ height: ledger.height, time: ledger.time });
const keysOf = (ledger: MemoryLedger, moment: Moment) => recordKeys(ledger.environment.state, question(moment));
const shown = (ledger: MemoryLedger, moment: Moment, keys = keysOf(ledger, moment)) =>
  shownRecord(showKeys(ledger.environment.state, keys, place(ledger)), question(moment));

describe("a record as of a moment", () => {
  const ledger = lent("ann", undefined, "bob");
  const start = ledger.time - 30;
  const inForce = (height: number) => ({ height, time: start + 10 * height });

  test.each([
    ["what holds, by the record and its since", 30, [[3], [2]]],
    ["that it was away, by both ends", 29, [[3], [3, 1]]],
    ["an earlier version, by that version alone", 15, [[3, 1]]],
    ["that there was none yet, by the first version", 0, [[3, 1]]],
  ])("is shown by few keys: %s", (_, after, keys) => {
    const found = keysOf(ledger, { time: start + after });
    expect(found.map(({ elements }) => [elements[0], ...elements.slice(5)])).toEqual(keys);
    expect(keysOf(ledger, { height: Math.floor(after / 10) })).toEqual(found);
  });

  test("says from which block it was in force until which, and whether that can still change", () => {
    const bob = { values: { holder: "bob" }, since: inForce(3) };
    const away = { values: undefined, since: inForce(2), until: inForce(3), isSettled: true };
    expect(shown(ledger, { height: 3 })).toMatchObject({ ...bob, isSettled: true });
    // A later block may lie in the same second as the last.
    expect(shown(ledger, { time: start + 30 })).toMatchObject({ ...bob, isSettled: false });
    expect(shown(ledger, { time: start + 99 })).toMatchObject({ ...bob, isSettled: false });
    expect(shown(ledger, { height: 4 })).toMatchObject({ ...bob, isSettled: false });
    expect(shown(ledger, { height: 2 })).toMatchObject(away);
    expect(shown(ledger, { time: start + 29 })).toMatchObject(away);
    const ann = { values: { holder: "ann" }, since: inForce(1), until: inForce(2), isSettled: true };
    expect(shown(ledger, { height: 1 })).toMatchObject(ann);
    expect(shown(ledger, { time: start })).toMatchObject({ values: undefined, until: inForce(1), isSettled: true });
  });

  test("is not read out of a part of the state that does not show it, and never read wrongly", () => {
    const step = fc.constantFrom(undefined, "ann", "bob");
    const moment = fc.oneof(
      fc.record({ height: fc.nat(9) }),
      fc.record({ time: fc.nat(90).map((after) => start + after) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 7 }),
        moment,
        fc.array(moment),
        fc.nat(),
        (holders, asked, others, drop) => {
          const history = lent(...holders);
          const whole = shown(history, asked);
          if (whole?.isSettled) expect(shown(lent(...holders, "cy"), asked)?.values).toEqual(whole.values);
          const keys = keysOf(history, asked);
          expect(whole).toBeDefined();
          expect(shown(history, asked, keys.toSpliced(drop % keys.length, 1))).toBeUndefined();
          // Whatever else is shown beside it, or instead of it: the same answer or none.
          const more = others.flatMap((each) => keysOf(history, each));
          expect(shown(history, asked, [...keys, ...more])?.values).toEqual(whole?.values);
          const instead = shown(history, asked, more);
          if (instead !== undefined) expect(instead.values).toEqual(whole?.values);
        },
      ),
      { numRuns: 40, seed: 71 },
    );
  });

  test("is asked for only where versions are kept", () => {
    expect(() => recordKeys(ledger.environment.state, { ...question({ time: 0 }), record: "slip" })).toThrow(
      "keeps no closed versions",
    );
  });
});
