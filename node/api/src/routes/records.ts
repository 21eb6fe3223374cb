import {
  type ContractDefinition,
  ContractError,
  keyFromJson,
  keyToJson,
  recordToJson,
  type Time,
  timeFromText,
  timeToText,
} from "@acta/contract";
import { type Moment, type RecordAnswer, recordKeys, showKeys, shownRecord, type VersionEnd } from "@acta/ledger";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { goingBack, restOfPath, sendStateProof } from "./state-proof.ts";

type RecordRequest = {
  Params: { contract: string; record: string };
  Querystring: { proof?: string; asOf?: string };
};
type RecordSpecification = ContractDefinition["records"][string];

/**
 * One record by its key, each field of the key a segment of the path in its JSON form: the newest value as JSON, or as of
 * a time or height (`?asOf=`) that of then; with `?proof` the state proof's bytes (of absence too).
 */
export function recordRoutes(server: FastifyInstance, world: World): void {
  const { ordering, contracts, stateValue, statePlace } = world;
  const answer = async (request: FastifyRequest<RecordRequest>, reply: FastifyReply): Promise<unknown> => {
    const { contract, record } = request.params;
    const definition = findContract(contracts, contract);
    const specification = findRecord(definition, record);
    const key = keyFromPath(specification, keySegments(request.url));
    const moment = request.query.asOf === undefined ? undefined : momentOf(world, specification, request.query.asOf);
    const question = { definition, record, key, moment };
    const state = goingBack(stateValue);
    const keys = recordKeys(state, question);
    if (request.query.proof !== undefined) return sendStateProof(ordering, keys, reply);
    const place = statePlace();
    const shown = shownRecord(showKeys(state, keys, place), question);
    if (shown?.values === undefined) throw new Problem("absent-record");
    return {
      contract,
      record,
      key: keyToJson(specification.key, key),
      value: recordToJson(specification.fields, shown.values),
      height: place.height,
      ...(moment === undefined ? {} : asOfToJson(shown)),
    };
  };
  // A record of which there is only one has no key, and no path after its name.
  server.get<RecordRequest>("/v1/records/:contract/:record", answer);
  server.get<RecordRequest>("/v1/records/:contract/:record/*", answer);
}

/** The contract of a name on this ledger. Throws Problem `unknown-contract`. */
export function findContract(contracts: readonly ContractDefinition[], name: string): ContractDefinition {
  const contract = contracts.find((each) => each.name === name);
  if (contract === undefined) throw new Problem("unknown-contract");
  return contract;
}

/** What a contract says of a record. Throws Problem `unknown-record`. */
export function findRecord({ records }: ContractDefinition, record: string): RecordSpecification {
  const specification = Object.hasOwn(records, record) ? records[record] : undefined;
  if (specification === undefined) throw new Problem("unknown-record");
  return specification;
}

/** Runs what reads a value that somebody sent; what has not its form becomes a Problem `bad-request`. */
export function readingForm<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ContractError || error instanceof URIError)
      throw new Problem("bad-request", { detail: error.message });
    throw error;
  }
}

/** `?asOf=812` or `?asOf=2026-11-21T04:30:00Z`; neither lies ahead of the ledger. */
function momentOf({ ordering, statePlace }: World, { history }: RecordSpecification, asOf: string): Moment {
  if (!history) throw new Problem("versions-not-kept");
  if (/^\d{1,16}$/.test(asOf)) {
    const height = Number(asOf);
    if (height > statePlace().height) throw new Problem("unknown-block");
    return { height };
  }
  const time = Number(readingForm(() => timeFromText(asOf)));
  if (time > ordering.status().now.seconds) throw new Problem("moment-ahead");
  return { time };
}

function asOfToJson({ isSettled, since, until }: RecordAnswer): object {
  return {
    settled: isSettled,
    ...(since === undefined ? {} : { since: endToJson(since) }),
    ...(until === undefined ? {} : { until: endToJson(until) }),
  };
}

function endToJson({ height, time }: VersionEnd): object {
  return { height, time: timeToText(BigInt(time) as Time) }; // a block's seconds
}

/** The segments after the record's name as they were sent: decoded, a slash inside a key would be one between two. */
function keySegments(url: string): string[] {
  return restOfPath(url, "/v1/records/contract/record")?.split("/") ?? [];
}

function keyFromPath(specification: RecordSpecification, segments: readonly string[]): Record<string, unknown> {
  const names = Object.keys(specification.key);
  if (segments.length !== names.length) {
    throw new Problem("bad-request", { detail: `the key has ${names.length} parts: ${names.join(", ")}` });
  }
  return readingForm(() =>
    keyFromJson(
      specification.key,
      segments.map((segment) => decodeURIComponent(segment)),
    ),
  );
}
