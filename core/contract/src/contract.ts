import type { Action } from "./action.ts";
import type { Records } from "./context.ts";
import { completeDefinition } from "./definition.ts";
import type { Shape } from "./field.ts";
import type { SharedScope } from "./once.ts";
import type { ActionReference, RecordReference } from "./reference.ts";
import type { Refusals } from "./refusal.ts";
import type { Total, Totals } from "./total.ts";

/**
 * The rules of one register, procedure or fund. `N` is its name, `Roles` its roles, `R` its records, `A` its actions, `O`
 * its shared scopes, `T` its totals.
 */
export type Contract<
  N extends string = string,
  Roles extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
  R extends Records = Records,
  A extends Readonly<Record<string, Action>> = Readonly<Record<string, Action>>,
  O extends string = string,
  T extends Totals = Totals,
> = {
  readonly name: N;
  /** The major version; a draft signed under one does not run under another. */
  readonly version: number;
  readonly title: string;
  /** What each role does, in a sentence. */
  readonly roles: Roles;
  /** Each with the reference by which other contracts read it. */
  readonly records: { readonly [P in keyof R]: R[P] & { readonly reference: RecordReference<N> } };
  /** Each with the reference by which other contracts call it. */
  readonly actions: { readonly [P in keyof A]: A[P] & { readonly reference: ActionReference<N> } };
  /** The contracts that its actions call and read, with the major version that each was written for. */
  readonly uses?: Readonly<Record<string, number>>;
  /** Scopes of uniqueness that other contracts may use too; absent where there are none. */
  readonly scopes?: { readonly [P in O]: SharedScope<N> };
  /** Exact counts and sums that the ledger keeps. */
  readonly totals: T;
  /** What patterns tell the portal (states, clocks, ownership); the ledger does not read it. */
  readonly facets: Readonly<Record<string, unknown>>;
};

/** Any contract, its types forgotten: what the ledger, the API and the tools work with. */
export type ContractDefinition = Contract;

/** Any action of a contract, its types forgotten. */
export type ActionDefinition = Action & { readonly reference: ActionReference };

/** A contract as it is written down: nothing is filled in yet, and nothing has a reference. */
export type ContractDraft = Omit<ContractDefinition, "records" | "actions" | "scopes"> & {
  readonly records: Records;
  readonly actions: Readonly<Record<string, Action>>;
  /** What is used once in each shared scope, as a sentence. */
  readonly scopes?: Readonly<Record<string, string>>;
};

/** Scopes are there where they were declared. */
type SharedScopes<N extends string, O extends string> = [O] extends [never]
  ? unknown
  : { readonly scopes: { readonly [P in O]: SharedScope<N> } };

/**
 * Declares a contract, and checks what it says about itself: names, sealed places, parties of rules, keys of consents.
 * Throws ContractError malformed-definition, which is a mistake in the source.
 */
export function contract<
  const N extends string,
  const Roles extends Readonly<Record<string, string>>,
  R extends Records,
  // An action may name only the roles that the contract declares.
  A extends Readonly<Record<string, Action<Shape, Refusals, keyof Roles & string>>>,
  const O extends string = never,
  const T extends Totals = Readonly<Record<never, Total>>,
>(specification: {
  readonly name: N;
  readonly version?: number;
  readonly title: string;
  readonly roles: Roles;
  readonly records: R;
  readonly actions: A;
  readonly totals?: T;
  readonly facets?: Readonly<Record<string, unknown>>;
  /** Scopes of uniqueness that other contracts may use too, with what is used once in them. */
  readonly scopes?: Readonly<Record<O, string>>;
}): Contract<N, Roles, R, A, O, T> & SharedScopes<N, O> {
  const whole: ContractDraft = { version: 1, totals: {}, facets: {}, ...specification };
  // Keys of consents and sealed inputs are filled in and references added: as the types say.
  return completeDefinition(whole) as unknown as Contract<N, Roles, R, A, O, T> & SharedScopes<N, O>;
}
