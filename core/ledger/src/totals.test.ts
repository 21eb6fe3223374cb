import { compareBytes, decode, encode, equalBytes } from "@acta/bytes";
import type { ErasedValues, Money, TotalValue } from "@acta/contract";
import type { Call } from "@acta/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { census, openCensus } from "../test/census.ts";
import { asAnn, inShort, openLedger } from "../test/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";
import { recountTotals } from "./recount.ts";
import { SPACE, totalKey } from "./state-key.ts";

const DAY = 86_400;

type Member = {
  readonly id: string;
  readonly branch: string;
  readonly status: string;
  readonly pays?: boolean;
  readonly dues?: Money;
  readonly points: bigint;
};

const branch = fc.constantFrom("44", "44/03", "44/03/now", "44/04", "45", "1/2/3/4/5/6/7/8");
const member: fc.Arbitrary<Member> = fc.record(
  {
    id: fc.constantFrom("a", "b", "c", "d", "e"),
    branch,
    status: fc.constantFrom("full", "probationary", "former"),
    pays: fc.boolean(),
    dues: fc.record({ amount: fc.bigInt(-5n, 5n), currency: fc.constantFrom("CNY", "EUR") }),
    points: fc.constantFrom(-2n, 0n, 3n, 13n),
  },
  { requiredKeys: ["id", "branch", "status", "points"] },
);
const step = fc.oneof(
  { weight: 4, arbitrary: member.map((given) => ({ action: "put", given }) as const) },
  { weight: 1, arbitrary: fc.constantFrom("a", "b", "c").map((id) => ({ action: "leave", given: { id } }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .record({ id: fc.constantFrom("f", "g"), branch })
      .map((given) => ({ action: "join", given }) as const),
  },
);
const block = fc.record({ steps: fc.array(step, { maxLength: 6 }), after: fc.constantFrom(1, DAY / 3, DAY, 5 * DAY) });

/** What a total must be, counted anew from all records there are. */
function recount(members: readonly Member[], path: string, isSplit: boolean): TotalValue {
  const counted = members.filter(
    ({ branch, status }) =>
      (path === "" || branch === path || branch.startsWith(`${path}/`)) && !(isSplit && status === "former"),
  );
  if (!isSplit) return { ...tally(counted, false), split: [] };
  const split = [];
  for (const pays of [false, true, null]) {
    for (const status of ["full", "probationary"]) {
      const cell = counted.filter((each) => each.status === status && (each.pays ?? null) === pays);
      const values = [status, pays] as const;
      if (cell.length > 0) split.push({ values, ...tally(cell, true) });
    }
  }
  split.sort((a, b) => compareBytes(encode(a.values), encode(b.values)));
  return { ...tally(counted, true), split };
}

function tally(members: readonly Member[], withDues: boolean) {
  const dues: Record<string, bigint> = {};
  for (const { dues: due } of members) {
    if (due !== undefined) dues[due.currency] = (dues[due.currency] ?? 0n) + due.amount;
  }
  const present = Object.fromEntries(Object.entries(dues).filter(([, sum]) => sum !== 0n));
  const points = members.reduce((sum, each) => sum + each.points, 0n);
  return { count: BigInt(members.length), sums: withDues ? { dues: present, points } : { points } };
}

/** All members as the state has them. */
function membersOf(ledger: MemoryLedger): Member[] {
  return ["a", "b", "c", "d", "e", "f", "g"].flatMap((id) => {
    const found: ErasedValues | undefined = ledger.record("census", "member", { id });
    return found === undefined ? [] : [{ id, ...found } as Member];
  });
}

const PATHS = ["", "44", "44/03", "44/03/now", "44/04", "45", "1", "1/2/3", "1/2/3/4/5/6/7/8", "9"];
const dayOf = (seconds: number): number => Math.floor((seconds + 8 * 3600) / DAY);

describe("totals", () => {
  test("equal a recount, of every path and of every past day, over any history", () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
        const ledger = openCensus();
        const byDay = new Map<number, Member[]>();
        for (const { steps, after } of blocks) {
          const calls = steps.map(({ action, given }): Call => ledger.call("census", action, given));
          const transactions =
            calls.length === 0 ? [] : [ledger.sign({ signers: [asAnn], calls, expiry: ledger.time + after + 60 })];
          const before = membersOf(ledger);
          const [from, to] = [dayOf(ledger.time), dayOf(ledger.time + after)];
          for (let day = from; day < to; day++) byDay.set(day, before);
          ledger.execute(transactions, { time: { seconds: ledger.time + after, nanoseconds: 0 } });
        }
        const members = membersOf(ledger);
        byDay.set(dayOf(ledger.time), members);
        expect(recountTotals(ledger.entries(), [census])).toEqual([]);
        for (const path of PATHS) {
          expect(ledger.total("census", "all", path)).toEqual(recount(members, path, false));
          expect(ledger.total("census", "members", path)).toEqual(recount(members, path, true));
          for (const [day, then] of byDay) {
            expect(ledger.total("census", "members", path, day)).toEqual(recount(then, path, true));
          }
        }
      }),
      { numRuns: 40, seed: 51 },
    );
  });

  test("that are not what the records come to are named by a recount", () => {
    const ledger = openCensus();
    const given = { id: "a", branch: "44/03", status: "full", points: 3n };
    ledger.submit({ signers: [asAnn], calls: [ledger.call("census", "put", given)] });
    const isTotal = (key: Uint8Array): boolean => equalBytes(key, totalKey("census", "all", ["44"], "now").bytes);
    const without = ledger.entries().filter(([key]) => !isTotal(key));
    const counted = { count: 1n, sums: { points: 3n }, split: [] };
    const kept = { count: 0n, sums: { points: 0n }, split: [] };
    const named = { contract: "census", total: "all", path: "44" };
    expect(recountTotals(without, [census])).toEqual([{ ...named, counted, kept }]);
    const alone = ledger.entries().filter(([key]) => isTotal(key));
    expect(recountTotals(alone, [census])).toEqual([{ ...named, counted: kept, kept: counted }]);
  });

  test("leave no counter that counts nothing, where no days are kept", () => {
    const ledger = openCensus();
    const given = { id: "a", branch: "44/03", status: "former", points: 3n };
    const submit = (action: string, of: object) =>
      ledger.submit({ signers: [asAnn], calls: [ledger.call("census", action, { ...of })] });
    submit("put", given);
    expect(ledger.total("census", "all", "44").count).toBe(1n);
    submit("leave", { id: "a" });
    const spaces = ledger.entries().map(([key]) => (decode(key) as readonly unknown[])[0]);
    expect(spaces).not.toContain(SPACE.total);
  });

  test("are read inside an action with what it wrote itself", () => {
    const ledger = openCensus();
    const join = (id: string) => ledger.call("census", "join", { id, branch: "44" });
    const calls = ["a", "b", "c"].map(join);
    expect(ledger.submit({ signers: [asAnn], calls }).map(inShort)).toEqual([
      "accepted",
      "accepted",
      ["census", "full", { count: 3 }],
    ]);
    expect(ledger.total("census", "all", "44").count).toBe(2n);
  });

  test("that could not be kept are a refusal", () => {
    const ledger = openCensus();
    const put = (id: string) =>
      ledger.call("census", "put", { id, branch: "44", status: "full", points: (1n << 256n) - 1n });
    expect(ledger.submit({ signers: [asAnn], calls: [put("a"), put("b")] }).map(inShort)).toEqual([
      "accepted",
      ["ledger", "total-too-large", { total: "members" }],
    ]);
  });

  test("put the zone into the state of ledgers that keep days, and of no other", () => {
    const hasZone = (ledger: MemoryLedger): boolean =>
      ledger.entries().some(([key]) => (decode(key) as readonly unknown[])[1] === "zone");
    expect([hasZone(openCensus()), hasZone(openLedger())]).toEqual([true, false]);
  });
});
