import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Day, encodeInput, type Given, type Shape, type TotalValue } from "@acta/contract";
import { Recount } from "@acta/ledger";
import { verifyNative } from "@acta/native";
import type { MachineClock } from "@acta/ordering";
import { type Call, decodeOutcome } from "@acta/protocol";
import { contractReader, createNodeClient } from "@acta/sdk";
import { fsck } from "@acta/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { branches, branchesApplication } from "../src/branches.ts";
import { ask, postMany, settled, statusOf } from "../src/http.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { signSample } from "../src/sample-ledger.ts";
import { type InProcessNode, startInProcess } from "./in-process-node.ts";

// 100,000 records in random branches over five days: every total is recounted here from what was sent, by no code of the
// ledger, and held to what a verified state proof shows.

const RECORDS_A_DAY = 20_000;
const DAYS = 5;
const CALLS_AT_ONCE = 2000;
const MOVED_A_DAY = 1000;
const LEFT_A_DAY = 500;
/** Noon of 2026-09-22 where the sample ledger is; its genesis lies before. */
const FIRST_NOON = Date.UTC(2026, 8, 22, 4);
const DAY_MS = 86_400_000;
const FIRST_DAY = FIRST_NOON / DAY_MS - (4 * 3_600_000) / DAY_MS;

const random = randomNumbers(90_600_000);
const one = <T>(list: readonly T[]): T => list[random(list.length)] as T; // no list is empty
const data = mkdtempSync(join(tmpdir(), "acta-totals-"));

type Member = {
  readonly branch: string;
  readonly status: "full" | "probationary" | "former";
  readonly dues?: { readonly amount: bigint; readonly currency: string };
  readonly hours: bigint;
  readonly points: bigint;
};

const members = new Map<string, Member>();
/** What was counted at the end of each day, by path. */
const counted: ReadonlyMap<string, Counted>[] = [];
let shiftMs = 0;
let node: InProcessNode;

beforeAll(async () => {
  node = await start();
  for (let day = 0; day < DAYS; day++) {
    shiftMs = day * DAY_MS;
    await enter(callsOfDay(day));
    counted.push(recount());
  }
});

afterAll(async () => {
  await node?.close();
  rmSync(data, { recursive: true, force: true });
});

function start(): Promise<InProcessNode> {
  const opened = performance.now();
  const clock: MachineClock = {
    wallMs: () => FIRST_NOON + shiftMs + performance.now() - opened,
    // As after a sleep: a clock that leaves boot time would stop the node.
    bootMs: () => shiftMs + performance.now() - opened,
  };
  return startInProcess({ data, clock, applications: [branchesApplication] });
}

const step = (): string => String(random(6) + 1).padStart(2, "0");
const randomBranch = (): string => one([`${step()}/${step()}/${step()}`, `${step()}/${step()}/${step()}`, step()]);

function randomMember(): Member {
  const dues = { amount: BigInt(random(100_000) + 1), currency: one(["CNY", "CNY", "EUR"]) };
  return {
    branch: randomBranch(),
    status: one(["full", "full", "probationary", "former"]),
    ...(random(3) > 0 && { dues }),
    hours: BigInt(random(400)),
    points: BigInt(random(1000) - 500),
  };
}

/** A day's calls; the members change with them. */
function callsOfDay(day: number): Call[] {
  const calls = Array.from({ length: RECORDS_A_DAY }, (_, index) => {
    const [id, member] = [`${day}-${index}`, randomMember()];
    members.set(id, member);
    return callOf("enter", { id, ...member });
  });
  for (let index = 0; day > 0 && index < MOVED_A_DAY; index++) {
    const [id, branch] = [`${day - 1}-${index}`, randomBranch()];
    members.set(id, { ...(members.get(id) as Member), branch }); // entered the day before
    calls.push(callOf("move", { id, branch }));
  }
  for (let index = 0; day > 0 && index < LEFT_A_DAY; index++) {
    const id = `${day - 1}-${MOVED_A_DAY + index}`;
    members.delete(id);
    calls.push(callOf("leave", { id }));
  }
  return calls;
}

function callOf(action: keyof typeof branches.actions, given: object): Call {
  const { input } = branches.actions[action];
  const encoded = encodeInput<Shape>(input, given as Given<Shape>); // given as the action asks
  return { contract: "branches", version: 1, action, input: encoded, expects: [], blind: new Uint8Array(0) };
}

async function enter(calls: readonly Call[]): Promise<void> {
  const { nowSeconds } = await statusOf(node.url);
  const parts = Array.from({ length: Math.ceil(calls.length / CALLS_AT_ONCE) }, (_, index) =>
    calls.slice(index * CALLS_AT_ONCE, (index + 1) * CALLS_AT_ONCE),
  );
  const signers = [node.ledger.depositor];
  const expiry = nowSeconds + 3000;
  const signed = parts.map((part) =>
    signSample(node.ledger, { signers, calls: part, expiry, nonce: randomBytes(random, 16) }),
  );
  const { json } = await postMany(node.url, signed);
  for (const [index, { identity }] of json.submissions.entries()) {
    const { json: place } = await settled(node.url, identity, 30);
    const { outcomeBytes = [] } = node.ordering.block(place.height)?.results[place.index] ?? {};
    const accepted = outcomeBytes.filter((bytes) => decodeOutcome(bytes).verdict === "accepted");
    expect(accepted).toHaveLength(parts[index]?.length ?? 0);
  }
}

type Sums = { readonly dues: Map<string, bigint>; hours: bigint };
type Counted = {
  count: bigint;
  readonly sums: Sums;
  readonly cells: Map<string, { count: bigint; readonly sums: Sums }>;
  everybody: bigint;
  points: bigint;
};

const nothing = (): { count: bigint; readonly sums: Sums } => ({ count: 0n, sums: { dues: new Map(), hours: 0n } });

/** Every total under every path, from the members as they were sent. */
function recount(): Map<string, Counted> {
  const totals = new Map<string, Counted>();
  for (const member of members.values()) {
    const steps = member.branch.split("/");
    for (let length = 0; length <= steps.length; length++) {
      const path = steps.slice(0, length).join("/");
      const total = totals.get(path) ?? { ...nothing(), cells: new Map(), everybody: 0n, points: 0n };
      totals.set(path, total);
      total.everybody += 1n;
      total.points += member.points;
      if (member.status === "former") continue;
      const cell = total.cells.get(member.status) ?? nothing();
      total.cells.set(member.status, cell);
      for (const tally of [total, cell]) {
        tally.count += 1n;
        tally.sums.hours += member.hours;
        const { amount, currency } = member.dues ?? { amount: 0n, currency: "" };
        if (amount > 0n) tally.sums.dues.set(currency, (tally.sums.dues.get(currency) ?? 0n) + amount);
      }
    }
  }
  return totals;
}

const tallyOf = ({ count, sums }: ReturnType<typeof nothing>) => ({
  count,
  sums: { dues: Object.fromEntries(sums.dues), hours: sums.hours },
});

/** The total of members as it must be. */
function expected(total: Counted | undefined): TotalValue {
  if (total === undefined) return { ...tallyOf(nothing()), split: [] };
  const cells = ["full", "probationary"].flatMap((status) => {
    const cell = total.cells.get(status);
    return cell === undefined ? [] : [{ values: [status], ...tallyOf(cell) }];
  });
  return { ...tallyOf(total), split: cells };
}

async function reader() {
  const client = createNodeClient({
    node: node.url,
    fetch,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => performance.now(),
  });
  const trust = await client.trustFile();
  return contractReader(branches, {
    node: client,
    trust,
    clock: () => Math.floor(Date.now() / 1000),
    verifySignature: verifyNative,
  });
}

const paths = (): string[] => [...(counted.at(-1)?.keys() ?? []), "09", "01/09"];
const dayOf = (day: number): Day => BigInt(FIRST_DAY + day) as Day; // a day of the calendar

test(`${RECORDS_A_DAY * DAYS} records were entered`, () => {
  expect(members.size).toBe(RECORDS_A_DAY * DAYS - LEFT_A_DAY * (DAYS - 1));
  expect(paths().length).toBeGreaterThan(250);
});

test("every total as of every day equals a recount, shown by a state proof that verifies", async () => {
  const { totals } = await reader();
  for (const path of paths()) {
    for (const [day, then] of counted.entries()) {
      const { height, settled, proof, ...value } = await totals.members.at(path, { day: dayOf(day) });
      expect(value, `${path} on day ${day}`).toEqual(expected(then.get(path)));
      expect([proof.length > 0, height > 2, settled]).toEqual([true, true, day < DAYS - 1]);
    }
  }
});

test("every total as it stands equals a recount, shown by a state proof that verifies", async () => {
  const { totals } = await reader();
  const last = counted.at(-1);
  for (const path of paths()) {
    const { height: _, proof: __, settled: ___, ...value } = await totals.members.at(path);
    expect(value, path).toEqual(expected(last?.get(path)));
    const { count, sums } = await totals.everybody.at(path);
    expect({ count, sums }, path).toEqual({
      count: last?.get(path)?.everybody ?? 0n,
      sums: { points: last?.get(path)?.points ?? 0n },
    });
  }
});

test("nothing is proved to have been counted before the first day", async () => {
  const { totals } = await reader();
  for (const path of ["", "01", "01/02"]) {
    const before = await totals.members.at(path, { day: dayOf(-1) });
    expect(before).toMatchObject({ count: 0n, split: [], settled: true });
  }
});

test("without a proof a program gets the same as JSON", async () => {
  const [whole, day] = [counted[2]?.get(""), new Date(FIRST_NOON + 2 * DAY_MS).toISOString().slice(0, 10)];
  const { json } = await ask(`${node.url}/v1/totals/branches/members?day=${day}`);
  const cents = (whole?.sums.dues.get("EUR") ?? 0n).toString();
  expect(json).toMatchObject({
    contract: "branches",
    total: "members",
    path: "",
    day,
    settled: true,
    count: whole?.count.toString(),
    sums: { dues: { EUR: `${cents.slice(0, -2)}.${cents.slice(-2)}` } },
    height: node.store.height,
  });
});

test("a node that is started again answers the same, and a recount of its store finds no difference", async () => {
  const before = await (await reader()).totals.members.at("01/02", { day: dayOf(1) });
  await node.close();
  const recounted = new Recount((name) => (name === "branches" ? branches : undefined));
  expect(await fsck(join(data), () => {}, recounted.add)).toEqual([]);
  expect(recounted.findings()).toEqual([]);
  expect(recounted.records).toBe(members.size);
  node = await start();
  const { proof: _, height: __, ...after } = await (await reader()).totals.members.at("01/02", { day: dayOf(1) });
  expect(before).toMatchObject(after);
});
