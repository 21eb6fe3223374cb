import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import { compareScalars, type Kind } from "./kind.ts";

/** A place in a hierarchy, outermost first: `44/03`. One to eight steps of letters, digits, `-` and `_`. */
export type PathField = Field<string> & { readonly kind: "path" };

/** What may be said about a {@link PathField} beside its title. */
export type PathOptions = Presentation & { check?(value: string): boolean };

/** The forms of a {@link PathField}. */
export const path: Kind<PathField, string> = {
  codec() {
    const check = (value: unknown): string =>
      typeof value === "string" && form.test(value) ? value : malformed("must be a path such as 44/03");
    return { encode: check, decode: check, toJson: check, fromJson: check, compare: compareScalars };
  },
  schema: () => ({ type: "string", pattern: PATH_PATTERN }),
  columns: () => [{ suffix: "", type: "text" }],
};

/** The form of a path. */
export const PATH_PATTERN = "^[0-9A-Za-z_-]{1,32}(?:/[0-9A-Za-z_-]{1,32}){0,7}$";
const form = new RegExp(PATH_PATTERN);
