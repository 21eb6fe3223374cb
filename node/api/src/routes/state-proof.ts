import type { StateKey, StateReader } from "@acta/ledger";
import type { Ordering } from "@acta/ordering";
import type { FastifyReply } from "fastify";
import { Problem } from "../problem.ts";

/** Sends the state proof of these keys, as soon as the header that covers the newest state is there. */
export async function sendStateProof(
  ordering: Ordering,
  keys: readonly StateKey[],
  reply: FastifyReply,
): Promise<FastifyReply> {
  const proof = await ordering.stateProof(keys.map(({ bytes }) => bytes));
  if (proof === undefined) throw new Problem("not-yet-proved", { retryAfterSeconds: 1 });
  return reply.type("application/cbor").send(Buffer.from(proof));
}

/** Values that one request may read on its way into the past: each is a change since. */
const MOST_STEPS_BACK = 10_000;

/**
 * The state for one request that goes back change by change. What changes with every block has more of them than a node
 * can follow while others wait: then it throws Problem "moment-too-far-back".
 */
export function goingBack(stateValue: StateReader["get"], steps = MOST_STEPS_BACK): StateReader {
  let left = steps;
  return {
    get(key) {
      if (left-- <= 0) throw new Problem("moment-too-far-back");
      return stateValue(key);
    },
  };
}

/** What follows the first segments of an address, as it was sent. */
export function restOfPath(url: string, before: string): string | undefined {
  const path = url.replace(/^https?:\/\/[^/]*/, "").replace(/[?#].*$/s, "");
  const rest = path.split("/").slice(before.split("/").length).join("/");
  return rest === "" ? undefined : rest;
}
