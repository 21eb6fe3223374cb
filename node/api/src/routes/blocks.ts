import { encode } from "@acta/bytes";
import { headerToCbor } from "@acta/light-client";
import type { StoredBlock } from "@acta/store";
import type { FastifyInstance } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { numberOf } from "./transactions.ts";

type HeightRequest = { Params: { height: string } };

/** Blocks and headers by height; `Accept: application/cbor` gets the exact form of the specification. */
export function blockRoutes(server: FastifyInstance, { ordering, blockToJson }: World): void {
  const blockAt = (text: string): StoredBlock => {
    const block = ordering.block(numberOf(text, 0));
    if (block === undefined) throw new Problem("unknown-block");
    return block;
  };
  server.get<HeightRequest>("/v1/blocks/:height", async (request, reply) => {
    const block = blockAt(request.params.height);
    if (request.headers.accept !== "application/cbor") return blockToJson(block);
    const bytes = encode([headerToCbor(block.header), block.transactions]);
    return reply.type("application/cbor").send(Buffer.from(bytes));
  });
  server.get<HeightRequest>("/v1/headers/:height", async (request, reply) => {
    const { header } = blockAt(request.params.height);
    return reply.type("application/cbor").send(Buffer.from(encode(headerToCbor(header))));
  });
}
