import type { StateKey } from "@acta/ledger";
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

/** What follows the first segments of an address, as it was sent. */
export function restOfPath(url: string, before: string): string | undefined {
  const path = url.replace(/^https?:\/\/[^/]*/, "").replace(/[?#].*$/s, "");
  const rest = path.split("/").slice(before.split("/").length).join("/");
  return rest === "" ? undefined : rest;
}
