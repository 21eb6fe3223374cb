import { map } from "@acta/bytes";
import type { Call } from "@acta/protocol";
import { postOne, settled, statusOf } from "../http.ts";
import type { NodeProcess } from "../node-process.ts";
import { type RandomNumbers, randomBytes } from "../random.ts";
import { type SampleLedger, signSample } from "../sample-ledger.ts";

/** Deadlines that one call sets, and calls in one transaction. */
const PER_CALL = 1000;
const MOST_CALLS = 10;
/** The series of the run's reminders: their names begin with it. */
export const SERIES = "soak";

/** Calls that set `count` deadlines at one second, in an order that follows from the generator. */
export function planCalls(random: RandomNumbers, count: number, at: number): readonly Call[] {
  const starts = Array.from({ length: Math.ceil(count / PER_CALL) }, (_, index) => index * PER_CALL);
  for (let left = starts.length - 1; left > 0; left--) {
    const chosen = random(left + 1);
    [starts[left], starts[chosen]] = [starts[chosen] as number, starts[left] as number]; // both below the length
  }
  return starts.map((from) =>
    callOf("reminders", "plan", { series: SERIES, from, count: Math.min(PER_CALL, count - from), at }),
  );
}

/** The calls in as few transactions as may be. */
export function inTransactions(calls: readonly Call[]): readonly (readonly Call[])[] {
  return Array.from({ length: Math.ceil(calls.length / MOST_CALLS) }, (_, index) =>
    calls.slice(index * MOST_CALLS, (index + 1) * MOST_CALLS),
  );
}

/** A call with its input as it is encoded: texts and numbers stand for themselves. */
export function callOf(contract: string, action: string, input: Readonly<Record<string, string | number>>): Call {
  const fields = map(Object.entries(input));
  return { contract, version: 1, action, input: fields, expects: [], blind: new Uint8Array(0) };
}

/** A run under way: its node, which is another after a kill, and all that it chooses by. */
export type Run = {
  readonly data: string;
  readonly ledger: SampleLedger;
  readonly random: RandomNumbers;
  readonly log: (line: string) => void;
  node: NodeProcess;
};

/** Signs calls for the ledger's registered depositor, or for its operator. */
export async function signed(
  { node, ledger, random }: Run,
  calls: readonly Call[],
  signer: "depositor" | "operator" = "depositor",
): Promise<Uint8Array> {
  const { nowSeconds } = await statusOf(node.url);
  return signSample(ledger, {
    signers: [ledger[signer]],
    calls,
    expiry: nowSeconds + 1800,
    nonce: randomBytes(random, 16),
  });
}

/** Sends a transaction, which the node admits: its identity. Throws an Error where it does not. */
export async function post(url: string, bytes: Uint8Array): Promise<string> {
  const { json } = await postOne(url, bytes);
  const submission = json.submissions?.[0];
  if (submission?.status === "admitted") return submission.identity;
  throw new Error(`The node answered ${JSON.stringify(json)}.`);
}

/** Waits for the block of a transaction: its height. Throws an Error where it is not entered, or a call refused. */
export async function entered(url: string, identity: string): Promise<number> {
  for (;;) {
    const { json: place } = await settled(url, identity);
    if (place.status === "admitted") continue;
    const verdicts = place.outcomes?.map((each: { verdict: string }) => each.verdict) ?? [];
    if (place.status !== "entered" || verdicts.some((verdict: string) => verdict !== "accepted"))
      throw new Error(`A transaction was not accepted: ${JSON.stringify(place)}`);
    return place.height;
  }
}
