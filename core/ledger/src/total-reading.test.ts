import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { census, openCensus } from "../test/census.ts";
import { asAnn } from "../test/ledger.ts";
import { LedgerError } from "./error.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { showKeys } from "./shown-state.ts";
import { readTotal, shownTotal, type TotalQuestion, totalKeys } from "./total-reading.ts";
import { dayOf } from "./zone.ts";

const DAY = 86_400;
const members = (path: string, day?: number): TotalQuestion => ({ definition: census, name: "members", path, day });

/** A ledger on which a member is entered in each branch, so many days after the one before. */
function entered(...members: readonly (readonly [branch: string, daysLater: number])[]): MemoryLedger {
  const ledger = openCensus();
  for (const [index, [branch, daysLater]] of members.entries()) {
    const given = { id: `m${index}`, branch, status: "full", points: 1n };
    const time = { seconds: ledger.time + daysLater * DAY, nanoseconds: 0 };
    const calls = [ledger.call("census", "put", given)];
    ledger.execute([ledger.sign({ signers: [asAnn], calls, expiry: time.seconds + 60 })], { time });
  }
  return ledger;
}

const today = (ledger: MemoryLedger): number =>
  dayOf({ get: ({ bytes }) => ledger.environment.state.get(bytes) }, ledger.time);
const keysOf = (ledger: MemoryLedger, question: TotalQuestion) => totalKeys(ledger.environment.state, question);
const shown = (ledger: MemoryLedger, question: TotalQuestion, keys = keysOf(ledger, question)) =>
  shownTotal(showKeys(ledger.environment.state, keys, { height: ledger.height, time: ledger.time }), question);

describe("a total as of a day", () => {
  const ledger = entered(["44/03", 0], ["44/03", 2], ["44/03", 3]);
  const last = today(ledger);

  test.each([
    ["what holds, by it and the zone", 0, [["now"], "zone"]],
    ["an earlier day, by the value that closed alone", -1, [[last]]],
    ["a day without a change, by the same", -2, [[last]]],
    ["the first day", -4, [[last - 3]]],
    ["that nothing was counted, by the first value and no other before it", -9, [[last - 3], [last - 5]]],
  ])("is shown by few keys: %s", (_, days, cells) => {
    const found = keysOf(ledger, members("44/03", last + days)).map(({ elements }) => elements);
    expect(found.map((key) => (key[0] === 0 ? key[1] : key.slice(5)))).toEqual(cells);
  });

  test("says whether that can still change", () => {
    expect(shown(ledger, members("44", last))).toMatchObject({ value: { count: 3n }, isSettled: false });
    expect(shown(ledger, members("44", last - 1))).toMatchObject({ value: { count: 2n }, isSettled: true });
    expect(shown(ledger, members("44", last - 9))).toMatchObject({ value: { count: 0n }, isSettled: true });
    expect(shown(ledger, members("45", last))).toMatchObject({ value: { count: 0n }, isSettled: false });
    expect(shown(ledger, members("45", last - 1))).toMatchObject({ value: { count: 0n }, isSettled: true });
    expect(shown(ledger, members("44"))).toMatchObject({ value: { count: 3n }, isSettled: false });
  });

  test("is not read out of a part of the state that does not show it, and never read wrongly", () => {
    const member = fc.tuple(fc.constantFrom("44/03", "44/04", "45"), fc.nat(3));
    const asked = fc.tuple(fc.constantFrom("", "44", "44/03", "45"), fc.option(fc.nat(12)));
    const runs = fc.property(
      fc.array(member, { maxLength: 6 }),
      asked,
      fc.array(asked),
      fc.nat(),
      (list, one, more, drop) => {
        const history = entered(...list);
        const ask = ([path, back]: readonly [string, number | null]): TotalQuestion =>
          members(path, back === null ? undefined : today(history) - back);
        const question = ask(one);
        const whole = shown(history, question);
        if (whole?.isSettled) expect(shown(entered(...list, ["44/03", 0]), question)?.value).toEqual(whole.value);
        if (whole?.isSettled) expect(shown(entered(...list, ["44/03", 0]), question)?.value).toEqual(whole.value);
        const keys = keysOf(history, question);
        expect(whole).toBeDefined();
        const zoneless = keys.filter(({ elements }) => elements[0] !== 0);
        expect(shown(history, question, zoneless.toSpliced(drop % zoneless.length, 1))).toBeUndefined();
        // Whatever else is shown beside it, or instead of it: the same answer or none.
        const others = more.flatMap((each) => keysOf(history, ask(each)));
        expect(shown(history, question, [...keys, ...others])?.value).toEqual(whole?.value);
        const instead = shown(history, question, others);
        if (instead !== undefined) expect(instead.value).toEqual(whole?.value);
      },
    );
    fc.assert(runs, { numRuns: 25, seed: 72 });
  });

  test("is asked for only where there is such a total, and days are kept", () => {
    const { state } = ledger.environment;
    expect(() => readTotal(state, { ...members("44", last), name: "all" })).toThrow(LedgerError);
    expect(() => readTotal(state, { ...members("44"), name: "none" })).toThrow("no total named none");
  });
});
