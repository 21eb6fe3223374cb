import { jsonSchema } from "./codec.ts";
import type { ContractDefinition } from "./contract.ts";
import type { JsonSchema } from "./kinds/kind.ts";
import type { Once } from "./once.ts";
import { content, type Entry, PROBLEMS, reference, schemaName } from "./open-api-parts.ts";
import { ledgerPaths } from "./open-api-paths.ts";
import { readPaths } from "./open-api-reads.ts";
import { ledgerSchemas } from "./open-api-schemas.ts";
import { totalSchema } from "./total-json.ts";

/** What the document says about itself. */
export type OpenApiInfo = { readonly title: string; readonly version: string; readonly description?: string };

/**
 * The OpenAPI 3.1 document of a node that runs these contracts: the routes of every ledger, one route per action that
 * prepares a call, and one per record and total that reads it. Follows from the manifests alone.
 */
export function openApi(contracts: readonly ContractDefinition[], info: OpenApiInfo): JsonSchema {
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { description: "A ledger that several institutions keep together.", ...info },
    tags: [{ name: "ledger" }, ...contracts.map(({ name, title }) => ({ name, description: title }))],
    paths: {
      ...ledgerPaths,
      ...Object.fromEntries(contracts.flatMap((contract) => [...actionPaths(contract), ...readPaths(contract)])),
    },
    components: { schemas: { ...ledgerSchemas, ...Object.fromEntries(contracts.flatMap(schemasOf)) } },
  };
}

function actionPaths(contract: ContractDefinition): readonly Entry[] {
  return Object.entries(contract.actions).map(([name, { title, refusals, calls, once = [] }]) => [
    `/v1/contracts/${contract.name}/${name}`,
    {
      post: {
        tags: [contract.name],
        operationId: `${contract.name}.${name}`,
        summary: title,
        description: describeRefusals(refusals, calls, once),
        requestBody: json({
          type: "object",
          properties: {
            signers: reference("Signers"),
            input: reference(schemaName(contract, name, "Input")),
            expects: reference("Expects"),
            expiry: { type: "integer", minimum: 0, description: "Seconds since 1970 UTC." },
          },
          required: ["signers", "input"],
          additionalProperties: false,
        }),
        responses: {
          "200": {
            description: "The verdict of a dry run, and what there is to sign.",
            content: content(reference("Prepared")),
          },
          ...PROBLEMS,
        },
      },
    },
  ]);
}

/** A node is given commitments; what they are made of has no business with it. So both schemas are of stored values. */
function schemasOf(contract: ContractDefinition): readonly Entry[] {
  const inputs = Object.entries(contract.actions).map(
    ([name, { input }]): Entry => [schemaName(contract, name, "Input"), jsonSchema(input, "record")],
  );
  const records = Object.entries(contract.records).map(
    ([name, { title, fields }]): Entry => [
      schemaName(contract, name, "Record"),
      { title, ...jsonSchema(fields, "record") },
    ],
  );
  const totals = Object.keys(contract.totals).map(
    (name): Entry => [schemaName(contract, name, "Total"), totalSchema(contract, name)],
  );
  return [...inputs, ...records, ...totals];
}

function describeRefusals(
  refusals: Readonly<Record<string, string>>,
  calls: readonly string[],
  once: readonly Once[],
): string {
  const prepares = "Says what the call would come to, and gives the bytes to sign. Sealed values come as commitments.";
  const lines = Object.entries(refusals).map(([code, sentence]) => `- \`${code}\`: ${sentence}`);
  return [
    prepares,
    ...(lines.length === 0 ? [] : ["Refused with:", lines.join("\n")]),
    ...once.map(({ scope, key }) => `Refused where ${key.join(", ")} was used before in the scope ${scope}.`),
    ...(calls.length === 0 ? [] : [`Calls, and is refused with what refuses: ${calls.join(", ")}.`]),
  ].join("\n\n");
}

function json(schema: JsonSchema): JsonSchema {
  return { required: true, content: content(schema) };
}
