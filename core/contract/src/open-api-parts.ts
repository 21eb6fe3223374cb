import type { ContractDefinition } from "./contract.ts";
import type { JsonSchema } from "./kinds/kind.ts";

// What the parts of the OpenAPI document are put together from.

/** A path or a schema by its name in the document. */
export type Entry = readonly [name: string, value: JsonSchema];

/** The name of a schema that follows from a contract. */
export function schemaName({ name }: ContractDefinition, part: string, what: "Input" | "Record" | "Total"): string {
  return `${name}.${part}.${what}`;
}

/** Points to a schema by its name. */
export function reference(schema: string): JsonSchema {
  return { $ref: `#/components/schemas/${schema}` };
}

/** A body of JSON. */
export function content(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}

/** Every other answer. */
export const PROBLEMS = {
  default: { description: "What is wrong, and what to do.", content: content(reference("Problem")) },
};
