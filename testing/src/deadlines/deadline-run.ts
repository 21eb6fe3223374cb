import { rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { DEFAULT_PARAMETERS } from "@acta/protocol";
import { ask, statusOf } from "../http.ts";
import { startProgram } from "../node-process.ts";
import { randomNumbers } from "../random.ts";
import { sampleLedger } from "../sample-ledger.ts";
import { assertPassed } from "./ending.ts";
import { meanwhile, type Wait } from "./meanwhile.ts";
import { callOf, entered, inTransactions, planCalls, post, type Run, signed } from "./plan.ts";
import { remindersApplication } from "./reminders.ts";
import { nothingPassed, type Passed, readUntil } from "./watch.ts";

/** What a run of deadlines came to. */
export type DeadlineSummary = {
  readonly count: number;
  /** Blocks in which the ledger acted, and the most acts in one of them. */
  readonly blocks: number;
  readonly mostInBlock: number;
  /** Seconds that setting all of them took, and carrying all of them out. */
  readonly fillSeconds: number;
  readonly passSeconds: number;
  /** Milliseconds for a block, over the first and the last tenth of them: what grows shows here. */
  readonly firstBlocksMs: number;
  readonly lastBlocksMs: number;
  /** Transactions entered meanwhile, and the most blocks and milliseconds that one of them waited. */
  readonly meanwhile: number;
  readonly mostBlocksWaited: number;
  readonly mostMsWaited: number;
};

const PROGRAM = new URL("node-program.ts", import.meta.url);
const MONTH_SECONDS = 30 * 86_400;

/**
 * Sets `count` deadlines of one second on a node, lets that second pass, and holds what follows to the rules: in each
 * block no more acts than the parameter says, in order, none lost and none twice, while transactions that are posted
 * meanwhile are entered soon; a SIGKILL in the middle changes nothing. At the end acts are proved, nothing is due any
 * more, fsck finds the store whole, and a small run is replayed. Throws an Error in words otherwise.
 *
 * The data folder is deleted when all went well, and left for a look when not.
 */
export async function deadlineRun(
  data: string,
  seed: number,
  count: number,
  log: (line: string) => void,
): Promise<DeadlineSummary> {
  const ledger = await sampleLedger([remindersApplication]);
  const run: Run = { data, ledger, random: randomNumbers(seed), log, node: await startProgram(PROGRAM, data) };
  const started = performance.now();
  const due = await fill(run, count);
  const filled = performance.now();
  await letPass(run, due);
  const [passed, waits] = await watch(run, count, due);
  const ended = performance.now();
  await assertPassed(run, passed);
  rmSync(data, { recursive: true, force: true });
  return {
    count,
    blocks: passed.blocks.length,
    mostInBlock: Math.max(...passed.blocks.map(({ acts }) => acts)),
    fillSeconds: Math.round((filled - started) / 1000),
    passSeconds: Math.round((ended - filled) / 1000),
    ...paceOf(passed),
    meanwhile: waits.length,
    mostBlocksWaited: Math.max(...waits.map(({ blocks }) => blocks)),
    mostMsWaited: Math.round(Math.max(...waits.map(({ ms }) => ms))),
  };
}

/** Sets the deadlines, one transaction after another; answers the second at which they are due. */
async function fill(run: Run, count: number): Promise<number> {
  const due = (await statusOf(run.node.url)).nowSeconds + MONTH_SECONDS;
  const transactions = inTransactions(planCalls(run.random, count, due));
  for (const [index, calls] of transactions.entries()) {
    await send(run, await signed(run, calls));
    if (index % 10 === 9) run.log(`${index + 1} of ${transactions.length} transactions that set deadlines`);
  }
  return due;
}

/** Moves the demo ledger's clock to the second after they are due. */
async function letPass(run: Run, due: number): Promise<void> {
  const seconds = due + 1 - (await statusOf(run.node.url)).nowSeconds;
  await send(run, await signed(run, [callOf("operation", "advanceDemoClock", { seconds })], "operator"));
}

async function send({ node }: Run, bytes: Uint8Array): Promise<void> {
  await entered(node.url, await post(node.url, bytes));
}

/** Reads every block until all deadlines have passed, posts transactions meanwhile, and kills the node half way. */
async function watch(run: Run, count: number, due: number): Promise<[Passed, readonly Wait[]]> {
  const rules = {
    most: DEFAULT_PARAMETERS.actionsPerBlock,
    dueText: `${new Date(due * 1000).toISOString().slice(0, 19)}Z`,
    log: run.log,
  };
  // Nothing was due before the block that moved the clock.
  const start = nothingPassed((await statusOf(run.node.url)).height);
  const [half, before] = await meanwhile(run, () => readUntil(run.node.url, start, Math.floor(count / 2), rules));
  await killAndRestart(run, half);
  const [all, after] = await meanwhile(run, () => readUntil(run.node.url, half, count, rules));
  return [all, [...before, ...after]];
}

/** Kills the node while it acts: what was read of its blocks before is the same after. */
async function killAndRestart(run: Run, { readHeight }: Passed): Promise<void> {
  const read = async (): Promise<unknown> => [
    (await ask(`${run.node.url}/v1/blocks/${readHeight}`)).json,
    (await ask(`${run.node.url}/v1/blocks/${readHeight}/actions`)).json,
  ];
  const before = await read();
  await run.node.kill();
  run.node = await startProgram(PROGRAM, run.data);
  if (!isDeepStrictEqual(await read(), before)) throw new Error(`Block ${readHeight} is another after the kill.`);
  run.log(`killed and started again after block ${readHeight}`);
}

function paceOf({ blocks }: Passed): { firstBlocksMs: number; lastBlocksMs: number } {
  const tenth = Math.max(2, Math.floor(blocks.length / 10));
  const msOf = (some: Passed["blocks"]): number => {
    const [first, last] = [some[0]?.ms ?? 0, some.at(-1)?.ms ?? 0];
    return Math.round((last - first) / Math.max(1, some.length - 1));
  };
  return { firstBlocksMs: msOf(blocks.slice(0, tenth)), lastBlocksMs: msOf(blocks.slice(-tenth)) };
}
