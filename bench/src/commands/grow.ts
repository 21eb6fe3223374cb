import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command, Report, Say } from "../command.ts";
import { stateKeysOf, untilResting } from "../ledger/node-under-test.ts";
import type { StoreMemory } from "../ledger/store-memory-program.ts";
import { bytesBelow, fillLedger, openWorkingLedger, type WorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, type MeanLimits, withLimits } from "../limits/limits.ts";
import { LIST_CONNECTIONS, measureEntering, withBench } from "../measure/entering.ts";
import {
  type Operations,
  operationsOf,
  operationsRemarks,
  operationsTable,
  ratiosOf,
  ratiosTable,
} from "../measure/operations.ts";
import { WARM_UP_SECONDS } from "../measure/phase.ts";
import { ascending, text, whole } from "../options.ts";
import { rounded, type Table } from "../report/table.ts";

/** `bench -- grow`: what an operation costs on a ledger of one size and of another. */
export const grow: Command = {
  name: "grow",
  summary: "what an operation costs on ledgers of several sizes, and what a key takes",
  help: `Measures single operations on a ledger that grows, and what a key takes in memory and on the disk.

  npm run bench -- grow [--keys 1000000,4000000] [--seconds 20] [--ledger DIR] [--json]

  --keys N,M,…   keys at which is measured, ascending (default 1000000,4000000; 16000000 as a soak)
  --ledger DIR   keep the ledger of the first size there for the next run
  --seconds N    seconds that are measured at each size, after ${WARM_UP_SECONDS} of warming up (default 20)
  --json         the last line is one JSON object
`,
  options: { keys: { type: "string" }, ledger: { type: "string" }, seconds: { type: "string" } },
  async run(values, say) {
    const sizes = ascending(values, "keys", [1_000_000, 4_000_000], 100_000_000);
    const seconds = whole(values, "seconds", { otherwise: 20, least: 1, most: 3000 });
    const ledger = await openWorkingLedger(text(values, "ledger"), sizes[0] ?? 0, say);
    try {
      const { result: measured, limits } = await withLimits(ledger.scratch, async () => {
        const all: Size[] = [];
        for (const size of sizes) all.push(await measureSize(ledger, size, seconds, say));
        return all;
      });
      return reportOf(measured, limits);
    } finally {
      ledger.remove();
    }
  },
};

/** What was found at a size. */
type Size = {
  readonly keys: number;
  /** Of the whole ledger, before the measurement. */
  readonly diskBytes: number;
  readonly memory: StoreMemory;
  readonly operations: Operations;
};

async function measureSize(ledger: WorkingLedger, size: number, seconds: number, say: Say): Promise<Size> {
  await fillLedger(ledger.data, ledger.scratch, size, say);
  const diskBytes = bytesBelow(ledger.data);
  const memory = await measureMemory(ledger.data);
  return withBench({ ledger, say }, async (bench) => {
    const keys = await stateKeysOf(bench.node);
    await untilResting(bench.node);
    const entering = { writers: 1, per: 1, perRequest: 500, connections: LIST_CONNECTIONS, seconds };
    const operations = operationsOf(await measureEntering(bench, "deposit", entering));
    await untilResting(bench.node);
    return { keys, diskBytes, memory, operations };
  });
}

/** Opens the store in a process of its own: only there nothing else is in memory. */
async function measureMemory(data: string): Promise<StoreMemory> {
  const program = fileURLToPath(new URL("../ledger/store-memory-program.ts", import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", program, data], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [[memory]] = await Promise.all([once(child, "message"), once(child, "close")]);
  return memory as StoreMemory; // what that program sends
}

function reportOf(measured: readonly Size[], limits: MeanLimits): Report {
  const columns = measured.map(({ keys, operations }) => [`${keys} keys`, operations] as const);
  const ratios = columns.map(([name, each]) => [name, ratiosOf(each, limits)] as const);
  return {
    tables: [
      operationsTable("single operations", columns),
      keyTable(measured),
      ratiosTable(ratios),
      limitsTable(limits),
    ],
    remarks: operationsRemarks(columns),
    json: {
      sizes: measured.map((size, index) => ({
        ...size,
        ...perKey(size),
        ratios: ratios[index]?.[1],
        byFirst: byFirst(measured, index),
      })),
      limits,
    },
  };
}

function perKey({ keys, diskBytes, memory }: Size) {
  return {
    memoryBytesPerKey: rounded(memory.bytes / memory.keys, 1),
    diskBytesPerKey: rounded(diskBytes / keys, 1),
    openMicrosecondsPerKey: rounded((memory.openSeconds * 1e6) / memory.keys, 1),
  };
}

/** An operation's CPU by that at the first size: 1 would be a ledger that does not slow down. */
function byFirst(measured: readonly Size[], index: number): number {
  const cost = (at: number): number => measured[at]?.operations.cpuMicrosecondsPerOperation.all ?? 0;
  return rounded(cost(index) / cost(0), 3);
}

function keyTable(measured: readonly Size[]): Table {
  const row = (name: string, cell: (size: Size, index: number) => number) => [name, ...measured.map(cell)] as const;
  return {
    title: "what a key takes",
    columns: measured.map(({ keys }) => `${keys} keys`),
    rows: [
      row("memory of the open store, bytes", (size) => perKey(size).memoryBytesPerKey),
      row("on the disk, whole ledger, bytes", (size) => perKey(size).diskBytesPerKey),
      row("to open the store, µs", (size) => perKey(size).openMicrosecondsPerKey),
      row("an operation's CPU by the first", (_, index) => byFirst(measured, index)),
    ],
  };
}
