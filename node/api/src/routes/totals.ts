import { type ContractDefinition, codecOf, dayFromText, t, totalToJson } from "@acta/contract";
import { dayOf, showKeys, shownTotal, type TotalQuestion, totalKeys } from "@acta/ledger";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../problem.ts";
import type { World } from "../world.ts";
import { findContract, readingForm } from "./records.ts";
import { goingBack, restOfPath, sendStateProof } from "./state-proof.ts";

type TotalRequest = { Params: { contract: string; total: string }; Querystring: { proof?: string; day?: string } };

/**
 * A total of everything, or under the path that follows its name: as it stands, or as it stood at the end of a day
 * (`?day=2026-11-21`, in the ledger's zone). As JSON, or with `?proof` the state proof's bytes (of absence too).
 */
export function totalRoutes(server: FastifyInstance, world: World): void {
  const { ordering, contracts, stateValue, statePlace } = world;
  const answer = async (request: FastifyRequest<TotalRequest>, reply: FastifyReply): Promise<unknown> => {
    const { contract, total: name } = request.params;
    const definition = findContract(contracts, contract);
    const { day: dayText, proof } = request.query;
    const path = pathOf(request.url);
    const day = dayIn(world, definition, name, dayText);
    const question: TotalQuestion = { definition, name, path, day };
    const state = goingBack(stateValue);
    const keys = totalKeys(state, question);
    if (proof !== undefined) return sendStateProof(ordering, keys, reply);
    const place = statePlace();
    const shown = shownTotal(showKeys(state, keys, place), question);
    if (shown === undefined) throw new Error("The keys that show a total do not show it."); // totalKeys chose them
    const asOf = day === undefined ? {} : { day: dayText, settled: shown.isSettled };
    return {
      contract,
      total: name,
      path,
      ...asOf,
      ...totalToJson(definition, name, shown.value),
      height: place.height,
    };
  };
  server.get<TotalRequest>("/v1/totals/:contract/:total", answer);
  server.get<TotalRequest>("/v1/totals/:contract/:total/*", answer);
}

/** No step of a path has a slash in it, so that an encoded one is one between two steps. */
function pathOf(url: string): string {
  const rest = restOfPath(url, "/v1/totals/contract/total");
  return rest === undefined ? "" : readingForm(() => PATH.fromJson(decodeURIComponent(rest)) as string); // its codec says so
}

const PATH = codecOf(t.path("Path"), "form");

/** The day that is asked for; none that lies ahead. Throws Problem, also where there is no such total. */
function dayIn(
  { ordering, stateValue }: World,
  { totals }: ContractDefinition,
  name: string,
  text: string | undefined,
): number | undefined {
  const total = Object.hasOwn(totals, name) ? totals[name] : undefined;
  if (total === undefined) throw new Problem("unknown-total");
  if (text === undefined) return undefined;
  if (total.history === undefined) throw new Problem("days-not-kept");
  const day = Number(readingForm(() => dayFromText(text)));
  const today = dayOf({ get: ({ bytes }) => stateValue(bytes) }, ordering.status().now.seconds);
  if (day > today) throw new Problem("moment-ahead");
  return day;
}
