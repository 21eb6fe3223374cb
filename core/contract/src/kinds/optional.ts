import type { AnyField, Field } from "../field.ts";
import type { Kind } from "./kind.ts";

/** A field that may be absent. Absence is the shape's business: here stands the value that is present. */
export type OptionalField = Field & { readonly kind: "optional"; readonly of: AnyField };

/** The forms of a {@link OptionalField}. */
export const optional: Kind<OptionalField, unknown> = {
  codec: ({ of }, inner) => inner(of),
  schema: ({ of }, inner) => inner(of),
  columns: ({ of }, inner) => inner(of),
};
