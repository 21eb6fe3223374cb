import type { FastifyInstance } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { numberOf } from "./transactions.ts";

const HEARTBEAT_MS = 15_000;
/** Streams open at once at most: each holds a socket. */
const MAX_STREAMS = 1000;

/**
 * Server-sent events, one for each block, numbered by height: a reader that comes back sends the last height it saw
 * (Last-Event-ID, or `?from=` for the first height wanted) and misses nothing.
 */
export function eventRoutes(server: FastifyInstance, { ordering, blockToJson }: World): void {
  let streams = 0;
  server.get<{ Querystring: { from?: string } }>("/v1/events", (request, reply) => {
    if (streams >= MAX_STREAMS) throw new Problem("busy", { retryAfterSeconds: 10 });
    const lastSeen = request.headers["last-event-id"];
    const newest = ordering.status().height;
    let next = typeof lastSeen === "string" ? numberOf(lastSeen, newest) + 1 : numberOf(request.query.from, newest + 1);
    streams += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" });
    raw.write(`retry: 1000\n\n`);

    // One writer for past and present: it sends in order whatever is durable and waits when the socket is full.
    let blocked = false;
    const send = (): void => {
      while (!blocked && next <= ordering.status().height) {
        const block = ordering.block(next);
        if (block === undefined) return;
        const text = `id: ${next}\nevent: block\ndata: ${JSON.stringify(blockToJson(block))}\n\n`;
        next += 1;
        if (!raw.write(text)) blocked = true;
      }
    };
    raw.on("drain", () => {
      blocked = false;
      send();
    });
    const unsubscribe = ordering.onBlock(send);
    const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
    raw.on("close", () => {
      streams -= 1;
      clearInterval(heartbeat);
      unsubscribe();
    });
    send();
  });
}
