declare const named: unique symbol;
declare const sure: unique symbol;

/**
 * Who may act, as data: documents, forms and auditors read it. `R` are the roles it names, `S` those without which it
 * never holds (both phantoms).
 */
export type Rule<R extends string = string, S extends string = string> = RuleData & {
  readonly [named]?: R;
  readonly [sure]?: S;
};

/** A rule without its roles. Parties of inputs and records are named by the field that holds them. */
export type RuleData =
  | { readonly rule: "role"; readonly role: string }
  | { readonly rule: "signedBy"; readonly input: string }
  | {
      readonly rule: "consent";
      readonly record: string;
      readonly field: string;
      /** Inputs that make the record's key, in its order; filled in by `contract`. */
      readonly key: readonly string[];
      /** True if an absent optional field asks nobody. */
      readonly ifAny: boolean;
    }
  | {
      readonly rule: "consentEach";
      /** The input that lists keys of the record: of a key of one field its values, of a longer one groups of them. */
      readonly list: string;
      readonly record: string;
      readonly field: string;
      /** The fields of the record's key, in its order; filled in by `contract`. */
      readonly key: readonly string[];
    }
  | { readonly rule: "caller" | "ledger" | "self" | "anyone" }
  | { readonly rule: "all" | "any"; readonly of: readonly RuleData[] }
  | { readonly rule: "kOf"; readonly count: number; readonly of: readonly RuleData[] };

/** The roles that a rule names. */
export type RolesOf<X> = X extends { readonly [named]?: infer R } ? Exclude<R, undefined> : never;
type SureOf<X> = X extends { readonly [sure]?: infer S } ? Exclude<S, undefined> : never;

/** A signer acts in this role of the contract. */
export const role = <const R extends string>(name: R): Rule<R, R> => ({ rule: "role", role: name });

/** The party in this input signs. */
export const signedBy = (input: string): Rule<never, never> => ({ rule: "signedBy", input });

/** The party in this field of the record signs; the record's key are the inputs of the same names. */
export const consent = (record: string, field: string): Rule<never, never> => ({
  rule: "consent",
  record,
  field,
  key: [],
  ifAny: false,
});

/** As {@link consent}, for an optional field: nobody is asked where it is absent from a record that is there. */
export const consentIfAny = (record: string, field: string): Rule<never, never> => ({
  rule: "consent",
  record,
  field,
  key: [],
  ifAny: true,
});

/**
 * The party in this field of each record that the input lists signs: the owners of several parcels. Nobody can meet it
 * for a record that is not there, nor where none is listed.
 */
export const consentEach = (list: string, record: string, field: string): Rule<never, never> => ({
  rule: "consentEach",
  list,
  record,
  field,
  key: [],
});

/** Another contract calls. */
export const caller: Rule<never, never> = { rule: "caller" };

/** The ledger itself acts, at a deadline. */
export const ledger: Rule<never, never> = { rule: "ledger" };

/** Another action of the same contract calls it: a step that is never sent by itself. */
export const self: Rule<never, never> = { rule: "self" };

/** Whoever signs. */
export const anyone: Rule<never, never> = { rule: "anyone" };

/** Each of the rules holds. */
export const all = <const Of extends readonly Rule[]>(...of: Of): Rule<RolesOf<Of[number]>, SureOf<Of[number]>> => ({
  rule: "all",
  of,
});

/** One of the rules holds. */
export const any = <const Of extends readonly Rule[]>(...of: Of): Rule<RolesOf<Of[number]>, never> => ({
  rule: "any",
  of,
});

/** At least `count` of the rules hold, each by another signer: `kOf(2, role("judge"), role("judge"), role("clerk"))`. */
export const kOf = <const Of extends readonly Rule[]>(count: number, ...of: Of): Rule<RolesOf<Of[number]>, never> => ({
  rule: "kOf",
  count,
  of,
});
