import { decode, encode, fromHex, toHex } from "@acta/bytes";
import type { Ordering, Submission, Whereabouts } from "@acta/ordering";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { languageOf, Problem, wordsOf } from "../problem.ts";
import type { World } from "../world.ts";

/** Media type of a CBOR array of byte strings, each one transaction. */
export const MANY = "application/vnd.acta.transactions+cbor";
/** Media type of one transaction's bytes. */
export const ONE = "application/cbor";
/** Transactions taken in one request at most. */
export const MAX_TRANSACTIONS_PER_REQUEST = 1000;
/** The longest a request may wait for its transaction to be entered, in seconds. */
const MAX_WAIT_SECONDS = 30;

/** How long a receipt waits for the block that proves it. */
const PROOF_WAIT_MS = 5000;

type IdentityRequest = {
  Params: { identity: string };
  Querystring: { wait?: string; call?: string; from?: string; count?: string };
};

/** Routes that submit transactions and answer for them: status, receipt, receipts. */
export function transactionRoutes(server: FastifyInstance, world: World): void {
  const { ordering } = world;
  server.post("/v1/transactions", async (request, reply) => {
    const many = transactionsOf(request);
    const submissions = await ordering.submit(many, (bytes) => world.quotas?.take(request.ip, 1, bytes));
    return answerSubmissions(world, request, reply, submissions);
  });
  server.get<IdentityRequest>("/v1/transactions/:identity", async (request) => {
    const identity = identityOf(request.params.identity);
    const wait = Math.min(numberOf(request.query.wait, 0), MAX_WAIT_SECONDS);
    const place = wait > 0 ? await ordering.settled(identity, wait * 1000) : ordering.whereabouts(identity);
    return describe(world, request, identity, place);
  });
  server.get<IdentityRequest>("/v1/transactions/:identity/receipt", async (request, reply) => {
    const place = enteredAt(ordering, identityOf(request.params.identity));
    await provable(ordering, place);
    const receipt = receiptOf(ordering, place, numberOf(request.query.call, 0));
    return reply.type("application/cbor").send(Buffer.from(receipt));
  });
  server.get<IdentityRequest>("/v1/transactions/:identity/receipts", async (request, reply) => {
    const place = enteredAt(ordering, identityOf(request.params.identity));
    await provable(ordering, place);
    const from = numberOf(request.query.from, 0);
    const last = Math.min(callCount(ordering, place), from + Math.min(numberOf(request.query.count, 1000), 1000));
    const receipts = Array.from({ length: Math.max(0, last - from) }, (_, i) => receiptOf(ordering, place, from + i));
    return reply.type("application/cbor").send(Buffer.from(encode(receipts)));
  });
}

function transactionsOf(request: FastifyRequest): Uint8Array[] {
  const body = request.body;
  if (!(body instanceof Uint8Array)) throw new Problem("unsupported-content-type");
  if (!isList(request)) return [body];
  const list = decodeList(body);
  if (list.length === 0 || list.length > MAX_TRANSACTIONS_PER_REQUEST) {
    throw new Problem("bad-request", { detail: `1 to ${MAX_TRANSACTIONS_PER_REQUEST} transactions in a request` });
  }
  return list;
}

function isList(request: FastifyRequest): boolean {
  return request.headers["content-type"]?.startsWith(MANY) === true;
}

function decodeList(body: Uint8Array): Uint8Array[] {
  try {
    const value = decode(body);
    if (Array.isArray(value) && value.every((each) => each instanceof Uint8Array)) return value;
  } catch (error) {
    throw new Problem("bad-request", { detail: error instanceof Error ? error.message : "not CBOR" });
  }
  throw new Problem("bad-request", { detail: "a CBOR array of byte strings is expected" });
}

function answerSubmissions(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  submissions: readonly Submission[],
): object {
  const unavailable = submissions.find((each) => each.status === "unavailable");
  if (unavailable !== undefined && submissions.every((each) => each.status === "unavailable")) {
    throw new Problem(unavailable.code, unavailable);
  }
  // A list has a verdict for each; a single transaction is the request itself.
  const refused = !isList(request) && submissions[0]?.status === "inadmissible";
  reply.code(refused ? 400 : 200);
  const language = languageOf(request);
  return { submissions: submissions.map((submission) => submissionToJson(world, submission, language)) };
}

function submissionToJson(world: World, submission: Submission, language: "zh" | "en"): object {
  const identity =
    "identity" in submission && submission.identity !== undefined ? { identity: toHex(submission.identity) } : {};
  const words = "code" in submission ? { code: submission.code, ...whyNot(world, submission, language) } : {};
  const place = submission.status === "entered" ? { height: submission.height, index: submission.index } : {};
  return { ...identity, status: submission.status, ...words, ...place };
}

function whyNot(world: World, submission: Submission & { readonly code: string }, language: "zh" | "en"): object {
  return submission.status === "unavailable"
    ? wordsOf(submission.code, language)
    : world.words(submission.code, language);
}

function describe(world: World, request: FastifyRequest, identity: Uint8Array, place: Whereabouts): object {
  const language = languageOf(request);
  switch (place.status) {
    case "unknown":
      throw new Problem("unknown-transaction");
    case "admitted":
      return { identity: toHex(identity), status: "admitted" };
    case "left-out":
      return { identity: toHex(identity), status: "left-out", code: place.code, ...world.words(place.code, language) };
    case "entered":
      return { identity: toHex(identity), ...place, outcomes: world.outcomes(place, language) };
  }
}

function identityOf(text: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Problem("bad-request", { detail: "an identity is 64 hex digits" });
  return fromHex(text);
}

/** A whole number of a query, or `otherwise` where it is absent. Throws Problem "bad-request". */
export function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text))
    throw new Problem("bad-request", { detail: `"${text.slice(0, 40)}" is not a whole number` });
  return Number(text);
}

function enteredAt(ordering: Ordering, identity: Uint8Array): { height: number; index: number } {
  const place = ordering.whereabouts(identity);
  if (place.status === "entered") return place;
  throw new Problem(place.status === "admitted" ? "not-yet-proved" : "unknown-transaction", { retryAfterSeconds: 1 });
}

/** The block that proves another follows it at once: whoever asks a moment early waits that moment. */
export async function provable(ordering: Ordering, { height }: { readonly height: number }): Promise<void> {
  if (!(await ordering.reached(height + 1, PROOF_WAIT_MS)))
    throw new Problem("not-yet-proved", { retryAfterSeconds: 1 });
}

function receiptOf(ordering: Ordering, place: { height: number; index: number }, call: number): Uint8Array {
  if (call >= callCount(ordering, place)) throw new Problem("unknown-call");
  const receipt = ordering.receipt(place, call);
  if (receipt === undefined) throw new Problem("not-yet-proved", { retryAfterSeconds: 1 });
  return receipt;
}

function callCount(ordering: Ordering, place: { height: number; index: number }): number {
  return ordering.block(place.height)?.results[place.index]?.outcomeBytes.length ?? 0;
}
