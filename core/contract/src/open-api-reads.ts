import { jsonSchema } from "./codec.ts";
import type { ContractDefinition } from "./contract.ts";
import type { Json, JsonSchema } from "./kinds/kind.ts";
import { PATH_PATTERN } from "./kinds/path.ts";
import { content, type Entry, PROBLEMS, reference, schemaName } from "./open-api-parts.ts";
import type { RecordSpecification } from "./record.ts";

/** The routes that read a contract's records and totals, each with its proof. */
export function readPaths(contract: ContractDefinition): readonly Entry[] {
  const records = Object.entries(contract.records).map(([name, record]) => recordPath(contract, name, record));
  const totals = Object.keys(contract.totals).flatMap((name) => totalPaths(contract, name));
  return [...records, ...totals];
}

function recordPath(contract: ContractDefinition, name: string, { title, key, history }: RecordSpecification): Entry {
  const segments = Object.keys(key).map((part) => `{${part}}`);
  const ofKey = Object.entries(jsonSchema(key)["properties"] ?? {}).map(([part, schema]) => inPath(part, schema));
  const value = reference(schemaName(contract, name, "Record"));
  const answer = members(
    { contract: TEXT, record: TEXT, key: { type: "array" }, value, height: HEIGHT },
    history ? { settled: SETTLED, since: reference("VersionEnd"), until: reference("VersionEnd") } : {},
  );
  return read(contract, `/v1/records/${[contract.name, name, ...segments].join("/")}`, {
    operationId: `${contract.name}.${name}.read`,
    summary: title,
    parameters: [...ofKey, ...(history ? [AS_OF] : []), PROOF],
    answer,
  });
}

/** One route for the whole and one for a path, whose slashes may stand as they are. */
function totalPaths(contract: ContractDefinition, name: string): readonly Entry[] {
  const keepsDays = contract.totals[name]?.history === "day";
  const answer = {
    allOf: [
      reference(schemaName(contract, name, "Total")),
      members({ contract: TEXT, total: TEXT, path: TEXT, height: HEIGHT }, keepsDays ? { settled: SETTLED } : {}),
    ],
  };
  const parameters = [...(keepsDays ? [DAY] : []), PROOF];
  const at = `/v1/totals/${contract.name}/${name}`;
  const operationId = `${contract.name}.${name}.total`;
  const whole = { operationId, summary: `The total ${name} of everything`, parameters, answer };
  const part = {
    operationId: `${operationId}At`,
    summary: `The total ${name} under a path`,
    parameters: [inPath("path", PATH), ...parameters],
    answer,
  };
  return [read(contract, at, whole), read(contract, `${at}/{path}`, part)];
}

type Read = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly JsonSchema[];
  readonly answer: JsonSchema;
};

function read(contract: ContractDefinition, path: string, { answer, ...described }: Read): Entry {
  const responses = { "200": { description: described.summary, content: content(answer) }, ...PROBLEMS };
  return [path, { get: { tags: [contract.name], ...described, responses } }];
}

function members(required: JsonSchema, optional: JsonSchema = {}): JsonSchema {
  return { type: "object", properties: { ...required, ...optional }, required: Object.keys(required) };
}

function inPath(name: string, schema: Json): JsonSchema {
  return { name, in: "path", required: true, schema };
}

function inQuery(name: string, description: string, schema: JsonSchema): JsonSchema {
  return { name, in: "query", required: false, description, schema };
}

const TEXT = { type: "string" };
const HEIGHT = { type: "integer", minimum: 0 };
const PATH = { type: "string", pattern: PATH_PATTERN };
const SETTLED = { type: "boolean", description: "Whether nothing entered later can change this answer." };
const DAY = inQuery("day", "As of the end of this day, in the ledger's zone.", { type: "string", format: "date" });
const AS_OF = inQuery("asOf", "As of a time (RFC 3339, UTC, whole seconds), or after the block of a height.", {
  type: "string",
  pattern: "^(?:[0-9]{1,16}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)$",
});
const PROOF = {
  ...inQuery("proof", "With it the answer is a state proof, as CBOR, of absence too.", { type: "string" }),
  allowEmptyValue: true,
};
