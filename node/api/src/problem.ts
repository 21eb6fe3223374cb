import type { FastifyReply, FastifyRequest } from "fastify";
import zh from "./zh.json" with { type: "json" };

/** Every word that the API itself says no with: its HTTP status, what it means, and what to do next. */
export const PROBLEMS = {
  "bad-request": [400, "The request is not of the form this address takes.", "Compare it with /openapi.json."],
  "body-too-large": [413, "The body is larger than this node accepts at once.", "Send it in several requests."],
  "unsupported-content-type": [
    415,
    "This content type is not taken here.",
    "Send application/cbor or application/vnd.acta.transactions+cbor.",
  ],
  "not-found": [404, "There is nothing at this address.", "Compare the address with /openapi.json."],
  "unknown-contract": [404, "This ledger has no contract of that name.", "See /v1/contracts for those it has."],
  "unknown-action": [404, "The contract has no action of that name.", "See /v1/contracts for its actions."],
  "unknown-record": [404, "The contract keeps no record of that name.", "See /v1/contracts for its records."],
  "unknown-total": [404, "The contract keeps no total of that name.", "See /v1/contracts for its totals."],
  "days-not-kept": [
    404,
    "This total keeps no past days: only what holds now is known.",
    "Ask without day. The contract says by history which totals keep days.",
  ],
  "versions-not-kept": [
    404,
    "This record keeps no closed versions: only its newest value is known.",
    "Ask without asOf. The contract says by history which records keep versions.",
  ],
  "moment-ahead": [404, "That moment has not come yet on this ledger.", "See /v1/status for the ledger's time."],
  "moment-too-far-back": [
    404,
    "It has changed so often since that moment that this node does not go back that far.",
    "Ask for a later moment, or replay the ledger's blocks up to it.",
  ],
  "absent-record": [
    404,
    "Nothing is recorded under this key.",
    "Check the key, or ask with ?proof for a proof that it is absent.",
  ],
  "unknown-transaction": [
    404,
    "No transaction of that identity is known here.",
    "It may never have been sent, or it may have expired: send the same bytes again.",
  ],
  "unknown-call": [404, "The transaction has no call of that number.", "Calls are counted from 0."],
  "unknown-act": [
    404,
    "In this block the ledger did nothing of that number by itself.",
    "See /v1/blocks/{height}/actions for what it did.",
  ],
  "unknown-block": [404, "There is no block of that height yet.", "See /v1/status for the newest height."],
  "not-yet-proved": [404, "It is entered, but the block that proves it is not there yet.", "Ask again in a second."],
  busy: [
    503,
    "The node has as much to do as it takes on.",
    "Send the same bytes again after the time named in Retry-After.",
  ],
  "too-many-requests": [
    429,
    "More came from this address than one address may send.",
    "Send the same bytes again after the time named in Retry-After.",
  ],
  "daily-bytes-spent": [
    429,
    "This address has sent today's share of bytes.",
    "Go on tomorrow, or ask the operator for a registered key.",
  ],
  "clock-stopped": [
    503,
    "The machine's clock jumped, so the node makes no blocks.",
    "The operator checks the clock and runs: acta clock confirm.",
  ],
  "disk-full": [
    503,
    "The node's disk is full, so nothing can be entered. Nothing that was acknowledged is lost.",
    "Make room on the disk; the node goes on by itself.",
  ],
  "epoch-ended": [
    503,
    "The epoch that this node kept has ended: it serves its proofs and takes nothing new.",
    "Send it to a node of the ledger's next epoch; a newer trust file names who keeps it.",
  ],
  stopping: [503, "The node is shutting down.", "Send the same bytes again when it is back."],
  internal: [
    500,
    "The node failed at this request. Nothing was changed by it.",
    "Tell the operator; the node's log has the details.",
  ],
} as const satisfies Record<string, readonly [status: number, message: string, remedy: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** An answer of the API that says no: it becomes `{error: {code, message, remedy, detail?}}` in the reader's language. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, more: { detail?: string; retryAfterSeconds?: number } = {}) {
    super(PROBLEMS[code][1]);
    this.name = "Problem";
    this.code = code;
    this.detail = more.detail;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** The language a request asks for: Chinese when Accept-Language names it first, English otherwise. */
export function languageOf(request: FastifyRequest): "zh" | "en" {
  const first = request.headers["accept-language"]?.split(",")[0]?.trim() ?? "en";
  return first.startsWith("zh") ? "zh" : "en";
}

/** What a problem means and what to do, in the reader's language. */
export function wordsOf(
  code: ProblemCode,
  language: "zh" | "en",
): { readonly message: string; readonly remedy: string } {
  const [, message, remedy] = PROBLEMS[code];
  return language === "zh" ? zh[code] : { message, remedy };
}

/** Answers with a problem in the language of the request. */
export async function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): Promise<void> {
  const [status] = PROBLEMS[problem.code];
  const words = wordsOf(problem.code, languageOf(request));
  if (problem.retryAfterSeconds !== undefined) reply.header("retry-after", String(problem.retryAfterSeconds));
  const detail = problem.detail === undefined ? {} : { detail: problem.detail };
  await reply.code(status).send({ error: { code: problem.code, ...words, ...detail } });
}
