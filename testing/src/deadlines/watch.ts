import { setTimeout as sleep } from "node:timers/promises";
import { ask, statusOf } from "../http.ts";
import { SERIES } from "./plan.ts";
import { reminderName } from "./reminders.ts";

/** The act of a reminder as the node lists it. */
type ListedAct = { readonly index: number; readonly due: string; readonly name: string; readonly verdict: string };

/** The acts seen so far: how many, the blocks with acts and when each was read, and the newest block that was read. */
export type Passed = {
  readonly count: number;
  readonly blocks: readonly { readonly height: number; readonly acts: number; readonly ms: number }[];
  readonly readHeight: number;
};

/** Nothing seen yet after a height. */
export const nothingPassed = (readHeight: number): Passed => ({ count: 0, blocks: [], readHeight });

/** What acts are held to: the most in a block, and when all of them were due. */
export type Rules = { readonly most: number; readonly dueText: string; readonly log: (line: string) => void };

/**
 * Reads block after block until `count` acts have passed, and holds them to what must come: the reminders in the order
 * of their names, each once, none left out, no more in a block than the parameter says. Throws an Error otherwise.
 */
export async function readUntil(url: string, start: Passed, count: number, rules: Rules): Promise<Passed> {
  let passed = start;
  while (passed.count < count) {
    const { height } = await statusOf(url);
    if (height <= passed.readHeight) await sleep(20);
    else passed = await readNext(url, passed, rules);
    if (passed.readHeight % 50 === 0) rules.log(`${passed.count} deadlines passed by block ${passed.readHeight}`);
  }
  return passed;
}

async function readNext(url: string, passed: Passed, { most, dueText }: Rules): Promise<Passed> {
  const height = passed.readHeight + 1;
  const acts = await actsOf(url, height);
  if (acts.length > most) throw new Error(`Block ${height} has ${acts.length} acts, more than ${most}.`);
  for (const [index, act] of acts.entries()) assertAct(act, { height, index, number: passed.count + index, dueText });
  const blocks =
    acts.length === 0 ? passed.blocks : [...passed.blocks, { height, acts: acts.length, ms: performance.now() }];
  return { count: passed.count + acts.length, blocks, readHeight: height };
}

/** All acts of a block. */
async function actsOf(url: string, height: number): Promise<readonly ListedAct[]> {
  const { status, json } = await ask(`${url}/v1/blocks/${height}/actions`);
  if (status !== 200 || json.count !== json.actions.length)
    throw new Error(`The acts of block ${height}: ${status} ${JSON.stringify(json).slice(0, 300)}`);
  return json.actions;
}

type Expected = { readonly height: number; readonly index: number; readonly number: number; readonly dueText: string };

function assertAct(act: ListedAct, { height, index, number, dueText }: Expected): void {
  const expected = {
    index,
    due: dueText,
    name: reminderName(SERIES, number),
    // Every hundredth is refused by its contract.
    verdict: number % 100 === 99 ? "refused" : "accepted",
  };
  for (const [member, value] of Object.entries(expected)) {
    if (act[member as keyof ListedAct] === value) continue; // a member of both
    throw new Error(
      `Act ${index} of block ${height} should be number ${number} with ${member} ${value}, it is ${JSON.stringify(act)}.`,
    );
  }
}
