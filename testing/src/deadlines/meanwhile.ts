import { setTimeout as sleep } from "node:timers/promises";
import { statusOf } from "../http.ts";
import { callOf, entered, post, type Run, signed } from "./plan.ts";

/** How long a transaction waited: blocks after the one that was newest when it had been admitted, and milliseconds. */
export type Wait = { readonly blocks: number; readonly ms: number };

/** One that may have been under way when it was admitted, an empty one where that took long, and then its own. */
const MOST_BLOCKS = 3;
const PAUSE_MS = 100;

/** Posts one transaction after another while something goes on. Throws an Error where one waits for many blocks. */
export async function meanwhile<T>(run: Run, work: () => Promise<T>): Promise<[T, readonly Wait[]]> {
  const waits: Wait[] = [];
  let isOver = false;
  const posting = (async () => {
    do {
      waits.push(await waitOf(run));
      await sleep(PAUSE_MS);
    } while (!isOver);
  })();
  const working = work().finally(() => {
    isOver = true;
  });
  const [result] = await Promise.all([working, posting]);
  return [result, waits];
}

async function waitOf(run: Run): Promise<Wait> {
  const text = `meanwhile ${run.random(2 ** 31)} ${run.random(2 ** 31)}`;
  const bytes = await signed(run, [callOf("reminders", "note", { text })]);
  const started = performance.now();
  const identity = await post(run.node.url, bytes);
  const { height } = await statusOf(run.node.url);
  const wait = { blocks: (await entered(run.node.url, identity)) - height, ms: performance.now() - started };
  if (wait.blocks > MOST_BLOCKS)
    throw new Error(`A transaction admitted at block ${height} was entered ${wait.blocks} blocks later.`);
  return wait;
}
