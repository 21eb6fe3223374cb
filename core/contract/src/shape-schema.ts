import type { AnyField, Shape } from "./field.ts";
import type { JsonSchema } from "./kinds/kind.ts";

/** The JSON Schema of a shape, given that of a field; unknown members are refused. */
export function shapeSchemaWith(shape: Shape, inner: (field: AnyField) => JsonSchema): JsonSchema {
  const fields = Object.entries(shape);
  const required = fields.filter(([, field]) => field.kind !== "optional").map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(([name, field]) => [name, inner(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
