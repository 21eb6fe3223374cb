import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ALGORITHM, keyId } from "@acta/crypto";
import { parseKeyFile } from "@acta/sdk";
import type { Command, Report, Say } from "../command.ts";
import { ledgerFiles, ledgerIdOf, WRITERS } from "../ledger/bench-ledger.ts";
import { enterOne, firstStatus } from "../ledger/first-operation.ts";
import { type NodeOptions, spawnNode, startNodeUnderTest, stateKeysOf } from "../ledger/node-under-test.ts";
import { bytesBelow, expiryNow, openWorkingLedger, type WorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, type MeanLimits, withLimits } from "../limits/limits.ts";
import { startLoadProcess } from "../load/load-process.ts";
import { signAhead } from "../load/sign-ahead.ts";
import type { Writer } from "../load/transactions.ts";
import { type CpuProfile, type Part, timeByPart } from "../measure/profile.ts";
import { median } from "../measure/quantile.ts";
import { allTimes, byRole, type ThreadTimes, threadTimes } from "../measure/thread-times.ts";
import { text, whole } from "../options.ts";
import { rounded, type Table } from "../report/table.ts";

/** What the issue asks for, in seconds: at a million keys from the kill on, and from nothing to a first operation. */
const GOAL_SECONDS = { serving: 2, empty: 3 } as const;
const LOAD_MS = 2000;

/** `bench -- restart`: how long nobody is served after a crash. */
export const restart: Command = {
  name: "restart",
  summary: "from SIGKILL to serving, and from an empty folder to the first operation",
  help: `Measures how long a node that was killed under load takes to serve again, and a new one to enter something.

  npm run bench -- restart [--keys 1000000] [--rounds 3] [--ledger DIR] [--json]

  --keys N       keys that the ledger holds (default 1000000)
  --rounds N     how often each is done; the report has the medians (default 3)
  --ledger DIR   keep the filled ledger there for the next run, and measure a copy of it
  --json         the last line is one JSON object

What was read lately lies in the system's memory: after a power cut the files come from the disk besides.
`,
  options: { keys: { type: "string" }, rounds: { type: "string" }, ledger: { type: "string" } },
  async run(values, say) {
    const keys = whole(values, "keys", { otherwise: 1_000_000, least: 0, most: 100_000_000 });
    const rounds = whole(values, "rounds", { otherwise: 3, least: 1, most: 100 });
    const ledger = await openWorkingLedger(text(values, "ledger"), keys, say);
    try {
      const { result, limits } = await withLimits(ledger.scratch, () => measure(ledger, rounds, say));
      return reportOf(result, limits);
    } finally {
      ledger.remove();
    }
  },
};

/** One start, in milliseconds since the kill before it, or since the program was started. */
type Start = {
  readonly statusMs: number;
  readonly enteredMs: number;
  /** CPU seconds of the new process up to its first answer. */
  readonly cpu: ThreadTimes;
};

type Measured = {
  readonly keys: number;
  readonly storeBytes: number;
  readonly kills: readonly Start[];
  readonly empty: readonly Start[];
  /** Main thread of one more start, by what it did, in milliseconds. */
  readonly parts: ReadonlyMap<string, number>;
};

async function measure(ledger: WorkingLedger, rounds: number, say: Say): Promise<Measured> {
  const kills: Start[] = [];
  const empty: Start[] = [];
  let keys = 0;
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}: killing under load, and starting anew`);
    const killed = await killUnderLoad(ledger, say);
    keys = killed.keys;
    kills.push(await timedStart(ledger.data, {}, () => WRITERS[0], killed.goneMs));
    empty.push(await startEmpty());
  }
  await killUnderLoad(ledger, say);
  const parts = await profiledStart(ledger);
  return { keys, storeBytes: bytesBelow(ledgerFiles(ledger.data).store), kills, empty, parts };
}

/** Kills a node while it enters transactions. Answers how many keys its state had, and how long the kill took. */
async function killUnderLoad(
  { data, scratch }: WorkingLedger,
  say: Say,
): Promise<{ readonly keys: number; readonly goneMs: number }> {
  const plan = { ledgerId: ledgerIdOf(data), expiry: expiryNow(), writers: WRITERS, kind: "deposit", per: 1 } as const;
  const { files } = await signAhead(plan, { transactions: 40_000, perRequest: 500, folder: scratch, name: "kill" });
  const node = await startNodeUnderTest(data);
  const sender = await startLoadProcess();
  const order = { port: node.port, files, connections: 4, untilMs: Date.now() + 2 * LOAD_MS, waitingMost: 20_000 };
  // It breaks off when the node is killed: that is what is wanted here.
  const sending = sender.send(order).catch(() => undefined);
  await sleep(LOAD_MS);
  const keys = await stateKeysOf(node);
  const began = performance.now();
  await node.kill();
  const goneMs = performance.now() - began;
  await sending;
  await sender.stop();
  say(`killed at ${keys} keys`);
  return { keys, goneMs };
}

/** Starts a node, waits for its first answer, enters one operation, and kills it. `beforeMs` are added to the times. */
async function timedStart(
  data: string,
  options: NodeOptions,
  writerOf: () => Writer | undefined,
  beforeMs = 0,
): Promise<Start> {
  const port = await freePort();
  const began = performance.now() - beforeMs;
  const child = spawnNode(data, { ...options, port });
  const ended = once(child, "close");
  try {
    await Promise.race([firstStatus(port), failing(ended)]);
    const statusMs = performance.now() - began;
    const cpu = threadTimes(child.pid ?? 0);
    const writer = writerOf();
    if (writer === undefined) throw new Error("There is nobody to sign a first operation.");
    await enterOne(port, writer);
    return { statusMs: rounded(statusMs), enteredMs: rounded(performance.now() - began), cpu };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

async function startEmpty(): Promise<Start> {
  const data = mkdtempSync(join(tmpdir(), "acta-bench-"));
  try {
    return await timedStart(data, { isDemo: true }, () => demoDepositor(data));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** The registered depositor of a demo ledger. */
function demoDepositor(data: string): Writer {
  const { secret, publicKey, party } = parseKeyFile(
    readFileSync(join(ledgerFiles(data).keys, "depositor.key"), "utf8"),
  );
  if (party === undefined) throw new Error("The demo ledger's depositor is not registered.");
  return { secret, party, keyId: keyId(ALGORITHM.ed25519, publicKey) };
}

/** What belongs to what in a start, the innermost first. */
const PARTS: readonly Part[] = [
  ["checking files", /node\/store\/src\/files\//],
  ["state tree", /core\/merkle\/|tree-loader\.ts|pair-hasher\.ts/],
  ["reading state, log, identities", /node\/store\/src\/(start|database|open-buckets|identity-set|sealed-value)\.ts/],
  ["rest of the store", /node\/store\//],
  ["ordering and execution", /node\/ordering\/|core\/ledger\//],
  ["collecting garbage", / \(garbage collector\)$/],
  ["waiting for the disk's threads", / \(idle\)$/],
  ["loading code", /node:internal\/(modules|deps)\/| (compileFunction|evaluateModule)/],
  ["native code", / \(program\)$/],
];

async function profiledStart({ data, scratch }: WorkingLedger): Promise<ReadonlyMap<string, number>> {
  const folder = mkdtempSync(join(scratch, "profile-"));
  const node = await startNodeUnderTest(data, { profile: folder });
  await node.stop();
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"));
  if (name === undefined) throw new Error("The node wrote no profile.");
  return timeByPart(JSON.parse(readFileSync(join(folder, name), "utf8")) as CpuProfile, PARTS); // V8's own file
}

async function failing(ended: Promise<unknown[]>): Promise<never> {
  const [code] = await ended;
  throw new Error(`The node ended with ${code} before it served.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function reportOf(measured: Measured, limits: MeanLimits): Report {
  const { keys, storeBytes, kills, empty, parts } = measured;
  const [killed, fresh] = [medianOf(kills), medianOf(empty)];
  const hashesPerKey = rounded((allTimes(killed.cpu) * limits.hashesPerSecond) / keys, 1);
  const byGoal = {
    serving: rounded(killed.statusMs / 1000 / GOAL_SECONDS.serving, 3),
    empty: rounded(fresh.enteredMs / 1000 / GOAL_SECONDS.empty, 3),
  };
  return {
    tables: [startsTable(keys, killed, fresh), partsTable(parts), limitsTable(limits)],
    remarks: [
      `Serving again takes ${byGoal.serving} of the ${GOAL_SECONDS.serving} s that are the goal at a million keys, a first operation on an empty ledger ${byGoal.empty} of ${GOAL_SECONDS.empty} s.`,
      `A start costs as much CPU as ${hashesPerKey} hashes for each key; the store has ${Math.round(storeBytes / 1e6)} MB.`,
    ],
    json: {
      keys,
      storeBytes,
      kills,
      empty,
      parts: Object.fromEntries([...parts].map(([name, milliseconds]) => [name, rounded(milliseconds)])),
      median: { killed, fresh },
      byGoal,
      hashesPerKey,
      limits,
    },
  };
}

function medianOf(starts: readonly Start[]): Start {
  return {
    statusMs: median(starts.map(({ statusMs }) => statusMs)),
    enteredMs: median(starts.map(({ enteredMs }) => enteredMs)),
    cpu: byRole((role) => rounded(median(starts.map(({ cpu }) => cpu[role])), 2)),
  };
}

function startsTable(keys: number, killed: Start, fresh: Start): Table {
  return {
    title: "medians",
    columns: [`killed at ${keys} keys`, "empty ledger"],
    rows: [
      ["first answer, ms", killed.statusMs, fresh.statusMs],
      ["first operation entered, ms", killed.enteredMs, fresh.enteredMs],
      ["CPU to the first answer, s: main thread", killed.cpu.main, fresh.cpu.main],
      ["  signature workers", killed.cpu.signatures, fresh.cpu.signatures],
      ["  V8's threads", killed.cpu.engine, fresh.cpu.engine],
      ["  disk's threads", killed.cpu.disk, fresh.cpu.disk],
    ],
  };
}

function partsTable(parts: ReadonlyMap<string, number>): Table {
  return {
    title: "main thread of one more start after a kill, profiled",
    columns: ["ms"],
    rows: [...parts].map(([name, milliseconds]) => [name, rounded(milliseconds)] as const),
  };
}
