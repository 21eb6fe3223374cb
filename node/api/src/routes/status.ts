import { toHex } from "@acta/bytes";
import type { Time } from "@acta/light-client";
import type { FastifyInstance } from "fastify";
import type { World } from "../world.ts";

/** Health, status and the trust file. */
export function statusRoutes(server: FastifyInstance, { ordering }: World): void {
  server.get("/healthz", async (_request, reply) => {
    const { state, height } = ordering.status();
    return reply.code(state === "running" || state === "epoch-ended" ? 200 : 503).send({ state, height });
  });
  server.get("/v1/status", async () => {
    const status = ordering.status();
    return {
      ...status,
      ledgerId: toHex(status.ledgerId),
      appHash: toHex(status.appHash),
      time: timeToText(status.time),
      now: timeToText(status.now),
      nowSeconds: status.now.seconds,
    };
  });
  server.get("/v1/trust", async (_request, reply) =>
    reply
      .type("application/cbor")
      .header("content-disposition", `attachment; filename="${ordering.status().name}.trust"`)
      .send(Buffer.from(ordering.trustFile())),
  );
}

/** RFC 3339 in UTC, with nine digits of a second. */
export function timeToText(time: Time): string {
  const seconds = new Date(time.seconds * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(time.nanoseconds).padStart(9, "0")}Z`;
}
