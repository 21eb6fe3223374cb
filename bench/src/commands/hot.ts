import type { Command, Report } from "../command.ts";
import { untilResting } from "../ledger/node-under-test.ts";
import { openWorkingLedger } from "../ledger/working-ledger.ts";
import { limitsTable, withLimits } from "../limits/limits.ts";
import { type Bench, LIST_CONNECTIONS, measureInTurns, withBench } from "../measure/entering.ts";
import { operationsOf, operationsRemarks, operationsTable, ratiosOf, ratiosTable } from "../measure/operations.ts";
import { WARM_UP_SECONDS } from "../measure/phase.ts";
import { text, whole } from "../options.ts";
import { rounded } from "../report/table.ts";

/** `bench -- hot`: what it costs that many write the same records. */
export const hot: Command = {
  name: "hot",
  summary: "100 writers on 10 records against 100 writers on a record each",
  help: `Measures what it costs that 100 writers change the same 10 records, against a record for each writer, in turns.

  npm run bench -- hot [--keys 100000] [--seconds 20] [--ledger DIR] [--json]

  --keys N       keys that the ledger holds before (default 100000)
  --ledger DIR   keep the filled ledger there for the next run, and measure a copy of it
  --seconds N    seconds that each is measured, in two halves, each after ${WARM_UP_SECONDS} of warming up (default 20)
  --json         the last line is one JSON object

Every transaction is signed by its writer, and the contract refuses nothing: one that is not accepted ends the measurement.
`,
  options: { keys: { type: "string" }, ledger: { type: "string" }, seconds: { type: "string" } },
  async run(values, say) {
    const keys = whole(values, "keys", { otherwise: 100_000, least: 0, most: 100_000_000 });
    const seconds = whole(values, "seconds", { otherwise: 20, least: 2, most: 3000 });
    const ledger = await openWorkingLedger(text(values, "ledger"), keys, say);
    try {
      return await withBench({ ledger, say }, (bench) => measure(bench, seconds));
    } finally {
      ledger.remove();
    }
  },
};

async function measure(bench: Bench, seconds: number): Promise<Report> {
  await untilResting(bench.node);
  const { result: measured, limits } = await withLimits(bench.ledger.scratch, async () => {
    const entering = { writers: 100, per: 1, perRequest: 500, connections: LIST_CONNECTIONS, seconds };
    const phases = await measureInTurns(bench, ["shared-counter", "own-counter"], entering);
    await untilResting(bench.node);
    return phases.map(
      ([kind, phase]) => [kind === "shared-counter" ? "hot" : "distinct", operationsOf(phase)] as const,
    );
  });
  const ratios = measured.map(([name, each]) => [name, ratiosOf(each, limits)] as const);
  const [shared = 0, own = 0] = measured.map(([, { operationsPerSecond }]) => operationsPerSecond);
  const hotByDistinct = rounded(shared / own, 3);
  const [sharedCpu = 0, ownCpu = 0] = measured.map(([, each]) => each.cpuMicrosecondsPerOperation.all);
  const cpuHotByDistinct = rounded(sharedCpu / ownCpu, 3);
  return {
    tables: [operationsTable("100 writers", measured), ratiosTable(ratios), limitsTable(limits)],
    remarks: [
      ...operationsRemarks(measured),
      `Hot records: ${hotByDistinct} of the rate on distinct ones, ${cpuHotByDistinct} of their CPU; none was refused.`,
    ],
    json: {
      measured: Object.fromEntries(measured),
      ratios: { ...Object.fromEntries(ratios), hotByDistinct, cpuHotByDistinct },
      limits,
    },
  };
}
