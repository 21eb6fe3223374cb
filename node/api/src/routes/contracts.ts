import { manifestToJson, openApi } from "@acta/contract";
import type { FastifyInstance } from "fastify";
import { languageOf, Problem } from "../problem.ts";
import type { World } from "../world.ts";

type ActionRequest = { Params: { contract: string; action: string } };

/** Manifests, the OpenAPI document, and the dry run that prepares a transaction for signing. */
export function contractRoutes(server: FastifyInstance, world: World): void {
  const { contracts, ordering } = world;
  const document = openApi(contracts, { title: `Acta: ${ordering.status().name}`, version: "1" });
  server.get("/openapi.json", async () => document);
  server.get("/v1/contracts", async () => ({
    contracts: contracts.map(({ name, version, title }) => ({ name, version, title })),
  }));
  server.get<{ Params: { contract: string } }>("/v1/contracts/:contract", async (request) => {
    const contract = contracts.find((each) => each.name === request.params.contract);
    if (contract === undefined) throw new Problem("unknown-contract");
    return manifestToJson(contract);
  });
  server.post<ActionRequest>("/v1/contracts/:contract/:action", async (request) => {
    const { contract, action } = request.params;
    const definition = contracts.find((each) => each.name === contract);
    if (definition === undefined) throw new Problem("unknown-contract");
    if (!Object.hasOwn(definition.actions, action)) throw new Problem("unknown-action");
    return world.prepare({ contract, action, body: request.body, language: languageOf(request) });
  });
}
