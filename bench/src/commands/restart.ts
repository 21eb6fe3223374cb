import type { Command, Report, Say } from "../command.ts";
import { ledgerFiles, WRITERS } from "../ledger/bench-ledger.ts";
import { bytesBelow, openWorkingLedger, type WorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, type MeanLimits, withLimits } from "../limits/limits.ts";
import { median } from "../measure/quantile.ts";
import { allTimes, byRole } from "../measure/thread-times.ts";
import { text, whole } from "../options.ts";
import { rounded, type Table } from "../report/table.ts";
import { profiledStart } from "../starts/profiled-start.ts";
import { killUnderLoad, type Start, startEmpty, timedStart } from "../starts/starts.ts";

/** What the design asks for, in seconds: at a million keys from the kill on, and from nothing to a first operation. */
const GOAL_SECONDS = { serving: 2, empty: 3 } as const;

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
