import { type ContractDefinition, ContractError, encodeKey, keyFromJson } from "@acta/contract";
import { recordKey, type StateKey } from "@acta/ledger";
import type { FastifyInstance } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { findContract, findRecord } from "./records.ts";
import { sendStateProof } from "./state-proof.ts";

/** Records in one proof at most. */
const MOST_RECORDS = 1000;

/**
 * One state proof of several records, present or absent, as of one block:
 * the body is `{"records": [[contract, record, key…], …]}`, each part of a key in its JSON form.
 */
export function proofRoutes(server: FastifyInstance, { ordering, contracts }: World): void {
  server.post("/v1/proofs", async (request, reply) => {
    const keys = recordsOf(request.body).map((asked) => stateKeyOf(contracts, asked));
    return sendStateProof(ordering, distinct(keys), reply);
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

function stateKeyOf(contracts: readonly ContractDefinition[], asked: unknown): StateKey {
  const [contract, record, ...key] = Array.isArray(asked) ? (asked as readonly unknown[]) : [];
  if (typeof contract !== "string" || typeof record !== "string")
    throw new Problem("bad-request", { detail: "each of them is a list: [contract, record, key…]" });
  const specification = findRecord(findContract(contracts, contract), record);
  try {
    return recordKey(contract, record, encodeKey(specification.key, keyFromJson(specification.key, key)));
  } catch (error) {
    if (error instanceof ContractError)
      throw new Problem("bad-request", { detail: `${contract}/${record}: ${error.message}` });
    throw error;
  }
}

/** A proof has each key once. */
function distinct(keys: readonly StateKey[]): readonly StateKey[] {
  return [...new Map(keys.map((key) => [key.text, key])).values()];
}
