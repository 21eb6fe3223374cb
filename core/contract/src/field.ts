import type { Party } from "./values.ts";

declare const applied: unique symbol;
declare const given: unique symbol;

/** The closed set of base kinds; applications refine them and never add one. */
export type BaseKind =
  | "text" | "integer" | "decimal" | "money" | "flag" | "choice" | "date" | "time" | "bytes" | "digest"
  | "file" | "party" | "id" | "reference" | "path" | "list" | "group" | "optional" | "sealed"; // biome-ignore format: one list

/** What any field may say about itself besides its kind: all of it data for forms, tables and documents. */
export type Presentation = {
  /** A valid example, as it would be typed. */
  readonly example?: string;
  /** One sentence beside the field in a form. */
  readonly hint?: string;
  /** A name for the form's widget where the kind's own does not suit. */
  readonly widget?: string;
  /** The unit of a number, such as `m²`. */
  readonly unit?: string;
  /** True if lists can be searched by it. */
  readonly search?: boolean;
  /** `members`: the API shows it to members only. A courtesy, not secrecy: every validator has it. */
  readonly visibleTo?: "members";
};

/**
 * The description of a value. `T` is what a contract's code and its records see, `G` what a person or program gives
 * for it; they differ where the value is sealed. Both are phantoms: a field is plain data, except for the one pure
 * `check` of a refinement, of which the manifest has the name.
 */
export type Field<T = unknown, G = T> = AnyField & { readonly [applied]?: T; readonly [given]?: G };

/** A field without its types. */
export type AnyField = {
  readonly kind: BaseKind;
  readonly title: string;
  // Method syntax: a check of strings is also a check of a field whose type is not known.
  check?(value: never): boolean;
};

/** A field that may be absent. */
export type Optional<T, G = T> = Field<T, G> & { readonly kind: "optional" };

/** Named fields: an action's input, a record's key or fields, a group. */
export type Shape = Readonly<Record<string, Field>>;

type Of<F> = F extends { readonly [applied]?: infer T } ? Exclude<T, undefined> : never;
type GivenOf<F> = F extends { readonly [given]?: infer G } ? Exclude<G, undefined> : never;
type OptionalNames<S> = { [N in keyof S]: S[N] extends { readonly kind: "optional" } ? N : never }[keyof S];
type Flat<T> = { [N in keyof T]: T[N] } & {};

/** The values of a shape as contracts and records see them; an absent optional is an absent member. */
export type Values<S extends Shape> = Flat<
  { readonly [N in Exclude<keyof S, OptionalNames<S>>]: Of<S[N]> } & {
    readonly [N in OptionalNames<S>]?: Of<S[N]> | undefined;
  }
>;

/** The values of a shape as forms and programs give them: sealed fields with what they hide. */
export type Given<S extends Shape> = Flat<
  { readonly [N in Exclude<keyof S, OptionalNames<S>>]: GivenOf<S[N]> } & {
    readonly [N in OptionalNames<S>]?: GivenOf<S[N]> | undefined;
  }
>;

/** A change to the values of a shape: members left out stay, and `undefined` clears an optional one. */
export type Change<S extends Shape> = Flat<
  { readonly [N in Exclude<keyof S, OptionalNames<S>>]?: Of<S[N]> } & {
    readonly [N in OptionalNames<S>]?: Of<S[N]> | undefined;
  }
>;

/** The names of a shape's fields that hold a party. */
export type PartyNames<S extends Shape> = {
  [N in keyof S & string]: [Of<S[N]>] extends [Party] ? N : never;
}[keyof S & string];
