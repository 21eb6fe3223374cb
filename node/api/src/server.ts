import Fastify, { type FastifyInstance } from "fastify";
import { counted, countResponse, createCounters } from "./counters.ts";
import { Problem, sendProblem } from "./problem.ts";
import { actionRoutes } from "./routes/actions.ts";
import { blockRoutes } from "./routes/blocks.ts";
import { contractRoutes } from "./routes/contracts.ts";
import { eventRoutes } from "./routes/events.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { pageRoutes } from "./routes/pages.ts";
import { proofRoutes } from "./routes/proofs.ts";
import { recordRoutes } from "./routes/records.ts";
import { renewalRoutes } from "./routes/renewals.ts";
import { statusRoutes } from "./routes/status.ts";
import { totalRoutes } from "./routes/totals.ts";
import { MANY, ONE, transactionRoutes } from "./routes/transactions.ts";
import { answerUnreadable } from "./unreadable.ts";
import type { World } from "./world.ts";

/** Bytes of one request's body at most. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Writes one line of the node's log; never given a body, a key or a value. */
export type Log = (message: string, details?: Readonly<Record<string, string | number>>) => void;

/** The HTTP server of a node: every route under `/v1`, and nothing that can change a block. It does not listen yet. */
export function createServer(world: World, log: Log): FastifyInstance {
  const server = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    clientErrorHandler: answerUnreadable,
    // An address that is no address never reaches the routes or their handlers.
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, problemOf(error, log)),
  });
  server.addContentTypeParser([ONE, MANY], { parseAs: "buffer" }, (_request, body, done) => {
    // Parsed as a buffer: Fastify's type does not say so.
    done(null, new Uint8Array(body as Buffer));
  });
  server.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
  });
  const counters = createCounters();
  server.addHook("onResponse", async (_request, reply) => countResponse(counters, reply.statusCode));
  server.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem("not-found")));
  server.setErrorHandler((error: unknown, request, reply) => sendProblem(request, reply, problemOf(error, log)));
  for (const routes of [
    statusRoutes,
    transactionRoutes,
    recordRoutes,
    totalRoutes,
    blockRoutes,
    actionRoutes,
    proofRoutes,
    renewalRoutes,
    eventRoutes,
    contractRoutes,
    pageRoutes,
  ]) {
    routes(server, { ...world, ordering: counted(world.ordering, counters) });
  }
  metricsRoutes(server, world.ordering, counters);
  return server;
}

function problemOf(error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return new Problem("body-too-large", { detail: `at most ${MAX_BODY_BYTES} bytes` });
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return new Problem("unsupported-content-type");
  if (statusCode !== undefined && statusCode < 500)
    return new Problem("bad-request", message === undefined ? {} : { detail: message });
  log("a request failed", { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return new Problem("internal");
}
