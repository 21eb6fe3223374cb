import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Kind } from "./kind.ts";

/** One of the listed words. `labels` says each in English; without a label the word speaks for itself. */
export type ChoiceField<C extends string = string> = Field<C> & {
  readonly kind: "choice";
  readonly of: readonly C[];
  readonly labels?: Readonly<Record<string, string>>;
};

/** What may be said about a {@link ChoiceField} beside its title. */
export type ChoiceOptions<C extends string> = Presentation & { readonly labels?: Readonly<Record<C, string>> };

/** The forms of a {@link ChoiceField}. */
export const choice: Kind<ChoiceField, string> = {
  codec({ of }) {
    const rank = new Map(of.map((word, index) => [word, index]));
    const check = (value: unknown): string =>
      typeof value === "string" && rank.has(value) ? value : malformed(`must be one of ${of.join(", ")}`);
    // In the order of the definition, which is usually the order of a life: kept before withdrawn.
    const compare = (left: string, right: string): number => (rank.get(left) ?? 0) - (rank.get(right) ?? 0);
    return { encode: check, decode: check, toJson: check, fromJson: check, compare };
  },
  schema: ({ of }) => ({ enum: of }),
  columns: () => [{ suffix: "", type: "text" }],
};
