import { rmSync } from "node:fs";
import type { Say } from "../command.ts";
import { ledgerIdOf, WRITERS } from "../ledger/bench-ledger.ts";
import { type NodeUnderTest, startNodeUnderTest } from "../ledger/node-under-test.ts";
import { expiryNow, type WorkingLedger } from "../ledger/working-ledger.ts";
import { type LoadProcess, startLoadProcess } from "../load/load-process.ts";
import { signAhead } from "../load/sign-ahead.ts";
import type { Kind } from "../load/transactions.ts";
import { joinPhases, measurePhase, type Phase, WARM_UP_SECONDS } from "./phase.ts";

/** A node over a ledger, and who makes its load. */
export type Bench = {
  readonly ledger: WorkingLedger;
  readonly node: NodeUnderTest;
  readonly sender: LoadProcess;
  readonly say: Say;
};

/** How a measurement enters transactions. */
export type Entering = {
  /** How many of the hundred writers sign, in turns. */
  readonly writers: number;
  readonly per: number;
  readonly perRequest: number;
  readonly connections: number;
  readonly seconds: number;
};

/** Connections that send lists of transactions: while a block is executed nothing is answered, and yet enough must wait. */
export const LIST_CONNECTIONS = 32;

/** Operations a second for which is signed ahead: what no node here reaches. */
const MOST_SINGLE = 20_000;
const MOST_BATCHED_RECORDS = 130_000;

/** Starts node and load over a ledger for as long as `use` takes. */
export async function withBench<T>(
  {
    ledger,
    say,
    profile,
  }: { readonly ledger: WorkingLedger; readonly say: Say; readonly profile?: string | undefined },
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  const node = await startNodeUnderTest(ledger.data, { profile });
  const sender = await startLoadProcess();
  try {
    return await use({ ledger, node, sender, say });
  } finally {
    await sender.stop();
    await node.stop();
  }
}

/** Signs transactions of a kind ahead, sends them, and measures. */
export async function measureEntering(bench: Bench, kind: Kind, entering: Entering): Promise<Phase> {
  const { ledger, node, sender, say } = bench;
  const { writers, per, perRequest, seconds, connections } = entering;
  const most = per === 1 ? MOST_SINGLE : MOST_BATCHED_RECORDS / per;
  const transactions = Math.ceil((seconds + WARM_UP_SECONDS) * most);
  say(`signing ${transactions} transactions of ${per} (${kind})`);
  const plan = {
    ledgerId: ledgerIdOf(ledger.data),
    expiry: expiryNow(),
    writers: WRITERS.slice(0, writers),
    kind,
    per,
  };
  const { files } = await signAhead(plan, { transactions, perRequest, folder: ledger.scratch, name: kind });
  say(`sending for ${WARM_UP_SECONDS} + ${seconds} seconds`);
  const phase = await measurePhase(node, sender, { files, per, connections, seconds });
  for (const file of files) rmSync(file);
  return phase;
}

/**
 * Measures two kinds against one another: one, the other, the other, the one, each half as long, so that neither has the
 * smaller ledger or the quieter machine.
 */
export async function measureInTurns<const K extends Kind>(
  bench: Bench,
  [a, b]: readonly [K, K],
  entering: Entering,
): Promise<(readonly [K, Phase])[]> {
  const half = { ...entering, seconds: Math.ceil(entering.seconds / 2) };
  const phases: (readonly [K, Phase])[] = [];
  for (const kind of [a, b, b, a]) phases.push([kind, await measureEntering(bench, kind, half)]);
  const of = (kind: K): Phase => joinPhases(phases.filter(([name]) => name === kind).map(([, phase]) => phase));
  return [
    [a, of(a)],
    [b, of(b)],
  ];
}
