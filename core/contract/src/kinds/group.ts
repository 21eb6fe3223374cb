import type { Field, Presentation, Shape } from "../field.ts";
import { shapeCodecWith } from "../shape.ts";
import { shapeSchemaWith } from "../shape-schema.ts";
import type { Kind } from "./kind.ts";

/** Fields that belong together, under one name. */
export type GroupField = Field<Readonly<Record<string, unknown>>> & { readonly kind: "group"; readonly fields: Shape };

/** What may be said about a {@link GroupField} beside its title. */
export type GroupOptions = Presentation;

/** The forms of a {@link GroupField}. */
export const group: Kind<GroupField, Readonly<Record<string, unknown>>> = {
  codec: ({ fields }, inner) => shapeCodecWith(fields, inner),
  schema: ({ fields }, inner) => shapeSchemaWith(fields, inner),
  columns: () => [{ suffix: "", type: "jsonb" }],
};
