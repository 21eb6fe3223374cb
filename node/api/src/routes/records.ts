import { encode } from "@acta/bytes";
import {
  type ContractDefinition,
  ContractError,
  decodeRecord,
  encodeKey,
  keyFromJson,
  keyToJson,
  recordToJson,
} from "@acta/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";

type RecordRequest = { Params: { contract: string; record: string }; Querystring: { proof?: string } };
type RecordSpecification = ContractDefinition["records"][string];

/**
 * One record by its key, each field of the key a segment of the path in its JSON form:
 * the newest value as JSON, or with `?proof` the state proof's bytes (of absence too).
 */
export function recordRoutes(server: FastifyInstance, { ordering, contracts, stateValue }: World): void {
  const answer = async (request: FastifyRequest<RecordRequest>, reply: FastifyReply): Promise<unknown> => {
    const { contract, record } = request.params;
    const specification = specificationOf(contracts, contract, record);
    const key = keyFromPath(specification, keySegments(request.url));
    const stateKey = encode([2, contract, record, ...encodeKey(specification.key, key)]);
    if (request.query.proof !== undefined) {
      const proof = await ordering.stateProof([stateKey]);
      if (proof === undefined) throw new Problem("not-yet-proved", { retryAfterSeconds: 1 });
      return reply.type("application/cbor").send(Buffer.from(proof));
    }
    const value = stateValue(stateKey);
    if (value === undefined) throw new Problem("absent-record");
    const fields = recordToJson(specification.fields, decodeRecord(specification.fields, value).values);
    return {
      contract,
      record,
      key: keyToJson(specification.key, key),
      value: fields,
      height: ordering.status().height,
    };
  };
  // A record of which there is only one has no key, and no path after its name.
  server.get<RecordRequest>("/v1/records/:contract/:record", answer);
  server.get<RecordRequest>("/v1/records/:contract/:record/*", answer);
}

/** What a contract says about a record of a name. Throws Problem where there is no such contract or record. */
export function specificationOf(
  contracts: readonly ContractDefinition[],
  name: string,
  record: string,
): RecordSpecification {
  const contract = contracts.find((each) => each.name === name);
  if (contract === undefined) throw new Problem("unknown-contract");
  const specification = Object.hasOwn(contract.records, record) ? contract.records[record] : undefined;
  if (specification === undefined) throw new Problem("unknown-record");
  return specification;
}

/** The segments after the record's name as they were sent: decoded, a slash inside a key would be one between two. */
function keySegments(url: string): string[] {
  const path = url.replace(/^https?:\/\/[^/]*/, "").replace(/[?#].*$/s, "");
  const segments = path.split("/").slice("/v1/records/contract/record".split("/").length);
  return segments.length === 1 && segments[0] === "" ? [] : segments;
}

function keyFromPath(specification: RecordSpecification, segments: readonly string[]): Record<string, unknown> {
  const names = Object.keys(specification.key);
  if (segments.length !== names.length) {
    throw new Problem("bad-request", { detail: `the key has ${names.length} parts: ${names.join(", ")}` });
  }
  try {
    return keyFromJson(
      specification.key,
      segments.map((segment) => decodeURIComponent(segment)),
    );
  } catch (error) {
    if (error instanceof ContractError || error instanceof URIError)
      throw new Problem("bad-request", { detail: error.message });
    throw error;
  }
}
