import { encode } from "@acta/bytes";
import { type ContractDefinition, ContractError, encodeKey, keyFromJson } from "@acta/contract";
import type { FastifyInstance } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { sendProof } from "./actions.ts";
import { specificationOf } from "./records.ts";

/** Records in one proof at most. */
const MOST_RECORDS = 1000;

/**
 * One state proof of several records, present or absent, as of one block:
 * the body is `{"records": [[contract, record, key…], …]}`, each part of a key in its JSON form.
 */
export function proofRoutes(server: FastifyInstance, { ordering, contracts }: World): void {
  server.post("/v1/proofs", async (request, reply) => {
    const keys = recordsOf(request.body).map((asked) => stateKeyOf(contracts, asked));
    return sendProof(reply, await ordering.stateProof(distinct(keys)));
  });
}

function recordsOf(body: unknown): readonly unknown[] {
  const isAlone = typeof body === "object" && body !== null && Object.keys(body).length === 1;
  const records = isAlone && "records" in body ? body.records : undefined;
  if (Array.isArray(records) && records.length > 0 && records.length <= MOST_RECORDS) return records;
  throw new Problem("bad-request", {
    detail: `the body is an object of "records" alone, which lists 1 to ${MOST_RECORDS} times [contract, record, key…]`,
  });
}

function stateKeyOf(contracts: readonly ContractDefinition[], asked: unknown): Uint8Array {
  const [contract, record, ...key] = Array.isArray(asked) ? (asked as readonly unknown[]) : [];
  if (typeof contract !== "string" || typeof record !== "string")
    throw new Problem("bad-request", { detail: "each of them is a list: [contract, record, key…]" });
  const specification = specificationOf(contracts, contract, record);
  try {
    const elements = encodeKey(specification.key, keyFromJson(specification.key, key));
    return encode([2, contract, record, ...elements]);
  } catch (error) {
    if (error instanceof ContractError)
      throw new Problem("bad-request", { detail: `${contract}/${record}: ${error.message}` });
    throw error;
  }
}

/** A proof has each key once. */
function distinct(keys: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(keys.map((key) => [Buffer.from(key).toString("latin1"), key])).values()];
}
