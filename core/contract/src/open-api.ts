import { jsonSchema } from "./codec.ts";
import type { ContractDefinition } from "./contract.ts";
import type { Json, JsonSchema } from "./kinds/kind.ts";
import type { Once } from "./once.ts";
import { ledgerPaths } from "./open-api-paths.ts";
import { ledgerSchemas } from "./open-api-schemas.ts";

/** What the document says about itself. */
export type OpenApiInfo = { readonly title: string; readonly version: string; readonly description?: string };

/**
 * The OpenAPI 3.1 document of a node that runs these contracts: the routes of every ledger, one route per action that
 * prepares a call, and one per record that reads it. Follows from the manifests alone.
 */
export function openApi(contracts: readonly ContractDefinition[], info: OpenApiInfo): JsonSchema {
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: { description: "A ledger that several institutions keep together.", ...info },
    tags: [{ name: "ledger" }, ...contracts.map(({ name, title }) => ({ name, description: title }))],
    paths: {
      ...ledgerPaths,
      ...Object.fromEntries(contracts.flatMap((contract) => [...actionPaths(contract), ...recordPaths(contract)])),
    },
    components: { schemas: { ...ledgerSchemas, ...Object.fromEntries(contracts.flatMap(schemasOf)) } },
  };
}

type Entry = readonly [name: string, value: JsonSchema];

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
            expiry: { type: "integer", minimum: 0, description: "Seconds since 1970 UTC." },
            nonce: {
              type: "string",
              pattern: "^[0-9a-f]{32}$",
              description: "16 random bytes, where tags of sealed values were attested for just this transaction.",
            },
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

function recordPaths(contract: ContractDefinition): readonly Entry[] {
  return Object.entries(contract.records).map(([name, { title, key }]) => [
    `/v1/records/${contract.name}/${name}/${Object.keys(key)
      .map((part) => `{${part}}`)
      .join("/")}`,
    {
      get: {
        tags: [contract.name],
        operationId: `${contract.name}.${name}.read`,
        summary: title,
        parameters: [
          ...Object.entries(jsonSchema(key)["properties"] ?? {}).map(([part, schema]) => pathParameter(part, schema)),
          PROOF,
        ],
        responses: {
          "200": { description: title, content: content(recordAnswer(schemaName(contract, name, "Record"))) },
          ...PROBLEMS,
        },
      },
    },
  ]);
}

function recordAnswer(value: string): JsonSchema {
  const text = { type: "string" };
  const properties = {
    contract: text,
    record: text,
    key: { type: "array" },
    value: reference(value),
    height: { type: "integer" },
  };
  return { type: "object", properties, required: Object.keys(properties) };
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
  return [...inputs, ...records];
}

function schemaName({ name }: ContractDefinition, part: string, what: "Input" | "Record"): string {
  return `${name}.${part}.${what}`;
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

function pathParameter(name: string, schema: Json): JsonSchema {
  return { name, in: "path", required: true, schema };
}

function reference(schema: string): JsonSchema {
  return { $ref: `#/components/schemas/${schema}` };
}

function content(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}

function json(schema: JsonSchema): JsonSchema {
  return { required: true, content: content(schema) };
}

const PROOF = {
  name: "proof",
  in: "query",
  required: false,
  allowEmptyValue: true,
  description: "With it the answer is a state proof, as CBOR.",
  schema: { type: "string" },
};
const PROBLEMS = { default: { description: "What is wrong, and what to do.", content: content(reference("Problem")) } };
