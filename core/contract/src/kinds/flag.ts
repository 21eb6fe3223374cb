import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** Yes or no. */
export type FlagField = Field<boolean> & { readonly kind: "flag" };

/** What may be said about a {@link FlagField} beside its title. */
export type FlagOptions = Presentation;

/** The forms of a {@link FlagField}. */
export const flag: Kind<FlagField, boolean> = {
  codec() {
    const check = (value: unknown): boolean =>
      typeof value === "boolean" ? value : malformed("must be true or false");
    return { encode: check, decode: check, toJson: check, fromJson: check, compare: compareScalars, empty: false };
  },
  schema: () => ({ type: "boolean" }),
  columns: () => [{ suffix: "", type: "boolean" }],
};
