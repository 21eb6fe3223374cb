import { encodeRenewal } from "@acta/protocol";
import type { FastifyInstance } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { numberOf } from "./transactions.ts";

type RenewalRequest = { Params: { height: string }; Querystring: { to?: string } };

/**
 * What renews a proof that rests on the header of a height: CBOR [link, header, commit] to the newest header
 * (`?to=newest`, the default), or [link, height] to the app hash after a height (`?to=HEIGHT`).
 */
export function renewalRoutes(server: FastifyInstance, { ordering }: World): void {
  server.get<RenewalRequest>("/v1/headers/:height/renewal", async (request, reply) => {
    const height = numberOf(request.params.height, 0);
    const { to = "newest" } = request.query;
    const renewal = ordering.renewal(height, to === "newest" ? to : numberOf(to, 0));
    if (renewal === undefined)
      throw new Problem("unknown-block", { detail: `nothing after block ${height} leads to ${to}` });
    return reply.type("application/cbor").send(Buffer.from(encodeRenewal(renewal)));
  });
}
