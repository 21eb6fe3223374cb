import type { LedgerAction } from "@acta/protocol";
import type { StoredBlock } from "@acta/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { languageOf, Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { numberOf, provable } from "./transactions.ts";

/** Acts in one answer at most. */
const MOST_LISTED = 1000;
/** Places in one answer at most: each is read out of a block of its own. */
const MOST_FOUND = 100;

type Height = { height: string };
type ListRequest = { Params: Height; Querystring: { from?: string; count?: string } };
type ProofRequest = { Params: Height & { index: string } };
type FindRequest = { Querystring: { contract?: unknown; name?: unknown; from?: string } };

/** What the ledger did by itself when deadlines passed: listed by block, found by contract and name, and proved. */
export function actionRoutes(server: FastifyInstance, world: World): void {
  const { ordering } = world;
  const blockAt = (height: number): StoredBlock => {
    const block = ordering.block(height);
    if (block === undefined) throw new Problem("unknown-block");
    return block;
  };
  server.get<ListRequest>("/v1/blocks/:height/actions", async (request) => {
    const { height, actions } = blockAt(numberOf(request.params.height, 0));
    const from = numberOf(request.query.from, 0);
    const count = Math.min(numberOf(request.query.count, MOST_LISTED), MOST_LISTED);
    const listed = actions.slice(from, from + count).map((action) => world.action(action, languageOf(request)));
    return { height, count: actions.length, actions: listed };
  });
  server.get<ProofRequest>("/v1/blocks/:height/actions/:index", async (request, reply) => {
    const place = { height: numberOf(request.params.height, 0), index: numberOf(request.params.index, 0) };
    if (place.index >= blockAt(place.height).actions.length) throw new Problem("unknown-act");
    await provable(ordering, place);
    const proof = ordering.acted(place);
    if (proof === undefined) throw new Problem("not-yet-proved", { retryAfterSeconds: 1 });
    return reply.type("application/cbor").send(Buffer.from(proof));
  });
  server.get<FindRequest>("/v1/actions", async (request) => {
    const found = await ordering.findActions(deadlineOf(request), {
      from: numberOf(request.query.from, 1),
      most: MOST_FOUND,
    });
    const actions = found.map(({ height, index }) => ({
      height,
      ...world.action(actionAt(blockAt(height), index), languageOf(request)),
    }));
    const last = found.at(-1);
    // Where the answer is full there may be more: whoever wants them asks from there.
    return { actions, ...(found.length === MOST_FOUND && last && { next: last.height + 1 }) };
  });
}

function actionAt({ actions }: StoredBlock, index: number): LedgerAction {
  const action = actions[index];
  if (action === undefined) throw new Problem("unknown-act");
  return action;
}

function deadlineOf({ query }: FastifyRequest<FindRequest>): { contract: string; name: string } {
  const { contract, name } = query;
  // A query may name a thing twice: then it is a list.
  if (typeof contract === "string" && typeof name === "string") return { contract, name };
  throw new Problem("bad-request", { detail: "say which deadline: ?contract=…&name=…" });
}
