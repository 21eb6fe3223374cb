import type { Command, Report } from "../command.ts";
import { stateKeysOf, untilResting } from "../ledger/node-under-test.ts";
import { openWorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, withLimits } from "../limits/limits.ts";
import type { Kind } from "../load/transactions.ts";
import { type Bench, LIST_CONNECTIONS, measureEntering, measureInTurns, withBench } from "../measure/entering.ts";
import {
  type Operations,
  operationsOf,
  operationsRemarks,
  operationsTable,
  ratiosOf,
  ratiosTable,
} from "../measure/operations.ts";
import { type Phase, WARM_UP_SECONDS } from "../measure/phase.ts";
import { type OptionValues, oneOf, text, UsageError, whole } from "../options.ts";
import { rounded } from "../report/table.ts";

/** Connections that send one transaction at a time. */
const SINGLE_CONNECTIONS = 256;

/** `bench -- submit`: what the node enters in a second, from the socket to the disk. */
export const submit: Command = {
  name: "submit",
  summary: "operations a second: each signed by itself, in batches, or through totals",
  help: `Measures how many operations a second a node of its own process enters, from the socket to the disk.

  npm run bench -- submit [--mode single|batch|totals] [--per-request 500] [--keys 1000000] [--seconds 60] …

  --mode single      every deposit is a transaction with a signature of its own (default)
  --mode batch       one signature over --per deposits
  --mode totals      one signature over --per records that six levels of totals count, in random order,
                     and the same records without totals in turns
  --per N            records under one signature (default 1000; not with --mode single)
  --per-request N    transactions in one POST at most (default 500); 1 sends each by itself
  --connections N    connections that stay open (default ${LIST_CONNECTIONS}; with --per-request 1, ${SINGLE_CONNECTIONS})
  --keys N           keys that the ledger holds before (default 100000)
  --ledger DIR       keep the filled ledger there for the next run, and measure a copy of it
  --seconds N        seconds that are measured, after ${WARM_UP_SECONDS} of warming up (default 20)
  --json             the last line is one JSON object
  --cpu-prof DIR     write a CPU profile of the node's main thread to DIR
`,
  options: {
    mode: { type: "string" },
    per: { type: "string" },
    "per-request": { type: "string" },
    connections: { type: "string" },
    keys: { type: "string" },
    ledger: { type: "string" },
    seconds: { type: "string" },
    "cpu-prof": { type: "string" },
  },
  async run(values, say) {
    const options = optionsOf(values);
    const ledger = await openWorkingLedger(options.kept, options.keys, say);
    try {
      return await withBench({ ledger, say, profile: options.profile }, (bench) => measure(bench, options));
    } finally {
      ledger.remove();
    }
  },
};

type SubmitOptions = ReturnType<typeof optionsOf>;

function optionsOf(values: OptionValues) {
  const mode = oneOf(values, "mode", ["single", "batch", "totals"]);
  if (mode === "single" && values["per"] !== undefined) throw new UsageError("--per goes with --mode batch or totals.");
  const perRequest = whole(values, "per-request", { otherwise: 500, least: 1, most: 1000 });
  return {
    mode,
    perRequest,
    per: mode === "single" ? 1 : whole(values, "per", { otherwise: 1000, least: 2, most: 5000 }),
    connections: whole(values, "connections", {
      otherwise: perRequest === 1 ? SINGLE_CONNECTIONS : LIST_CONNECTIONS,
      least: 1,
      most: 1000,
    }),
    keys: whole(values, "keys", { otherwise: 100_000, least: 0, most: 100_000_000 }),
    kept: text(values, "ledger"),
    seconds: whole(values, "seconds", { otherwise: 20, least: 1, most: 3000 }),
    profile: text(values, "cpu-prof"),
  };
}

async function measure(bench: Bench, options: SubmitOptions): Promise<Report> {
  const { mode, per, perRequest, connections } = options;
  const keys = await stateKeysOf(bench.node);
  await untilResting(bench.node);
  const { result: measured, limits } = await withLimits(bench.ledger.scratch, async () => {
    const phases = await measureMode(bench, options);
    await untilResting(bench.node);
    return phases.map(([kind, phase]) => [kind, operationsOf(phase)] as const);
  });
  const ratios = measured.map(([kind, each]) => [kind, ratiosOf(each, limits)] as const);
  const share = shareWithTotals(measured);
  return {
    tables: [operationsTable(`${mode}, ${keys} keys before`, measured), ratiosTable(ratios), limitsTable(limits)],
    remarks: [
      ...operationsRemarks(measured),
      ...(share === undefined ? [] : [`With totals the rate is ${share} of that without.`]),
    ],
    json: {
      ...{ mode, per, perRequest, connections, keys },
      measured: Object.fromEntries(measured),
      ratios: { ...Object.fromEntries(ratios), ...(share === undefined ? {} : { countedByPlain: share }) },
      limits,
    },
  };
}

async function measureMode(bench: Bench, options: SubmitOptions): Promise<(readonly [Kind, Phase])[]> {
  const entering = { writers: 1, ...options };
  if (options.mode === "totals") return measureInTurns(bench, ["plain", "counted"], entering);
  return [["deposit", await measureEntering(bench, "deposit", entering)]];
}

/** The rate of records that totals count, by that of the same records without; undefined where none were measured. */
function shareWithTotals(measured: readonly (readonly [Kind, Operations])[]): number | undefined {
  const rate = (kind: Kind) => measured.find(([name]) => name === kind)?.[1].recordsPerSecond;
  const [counted, plain] = [rate("counted"), rate("plain")];
  return counted === undefined || plain === undefined ? undefined : rounded(counted / plain, 3);
}
