import type { Context, ErasedContext, Records } from "./context.ts";
import type { Given, Shape, Values } from "./field.ts";
import { type Once, type OnceDeclaration, onceOf, type PublicNames, type SealedNames, type WithTags } from "./once.ts";
import {
  type ActionReference,
  nameOfAction,
  nameOfRecord,
  type ReferredAction,
  type ReferredRecord,
  versionsUsed,
} from "./reference.ts";
import type { Refusals } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import type { Total, Totals } from "./total.ts";

declare const foreign: unique symbol;

/**
 * A verb of a contract. `I` is the shape of its input, `X` its refusals, `N` the roles its rule names, `F` the refusals
 * of the actions that it calls (a phantom). All of it but `apply` is data; what it does not use is absent.
 */
export type Action<
  I extends Shape = Shape,
  X extends Refusals = Refusals,
  N extends string = string,
  F extends string = string,
> = {
  readonly title: string;
  readonly input: I;
  readonly allow: Rule<N>;
  readonly refusals: X;
  /** Actions of other contracts, and of its own, that it may call, as `contract.action`. */
  readonly calls: readonly string[];
  /** Those of its own, which have no names yet; `contract` gives them their place in `calls` and forgets them. */
  readonly ownCalls?: readonly Action[];
  /** Records of other contracts that it may read by key, as `contract.record` by the name they have in its code. */
  readonly reads?: Readonly<Record<string, string>>;
  /** Actions of its own contract that it may set deadlines for. */
  readonly schedules?: readonly string[];
  /** The inputs that it has in mind for those; `contract` holds them to the actions and forgets them. */
  readonly scheduledInputs?: Readonly<Record<string, Shape>>;
  /** Totals of its own contract that it reads. */
  readonly totals?: readonly string[];
  /** What it takes those to be; `contract` holds its own to them and forgets them. */
  readonly totalsInMind?: Totals;
  /** Inputs whose values may be used once. */
  readonly once?: readonly Once[];
  /** The versions of the contracts that it refers to; `contract` gathers them. */
  readonly uses?: Readonly<Record<string, number | undefined>>;
  /** Pure and synchronous; the types of the context are those of the declaration, forgotten here. */
  apply(context: ErasedContext): void;
  readonly [foreign]?: F;
};

/** Declares an action on a contract's records; types of input, state, roles and refusal codes follow from what it says. */
export function action<
  R extends Records,
  I extends Shape,
  N extends string,
  S extends string,
  const X extends Refusals = Readonly<Record<never, string>>,
  const C extends readonly Action[] = readonly [],
  const D extends Readonly<Record<string, ReferredRecord>> = Readonly<Record<never, ReferredRecord>>,
  Q extends Readonly<Record<string, Shape>> = Readonly<Record<never, Shape>>,
  const T extends Totals = Readonly<Record<never, Total>>,
  const U extends readonly OnceDeclaration<PublicNames<I>, SealedNames<I>>[] = readonly [],
>(
  records: R,
  specification: {
    readonly title: string;
    readonly input: I;
    readonly allow: Rule<N, S>;
    readonly refusals?: X;
    /** Actions that it may call, of other contracts and of its own: `[escrow.actions.book, release]`. */
    readonly calls?: C;
    /** Records of other contracts that it may read: `{ parcel: titles.records.parcel }`. */
    readonly reads?: D;
    /** Actions of its own contract that the ledger may carry out at a deadline, with their input: `{ lapse: { number } }`. */
    readonly schedules?: Q;
    /**
     * Inputs whose values may be used once, each in a scope: `[{ scope: "payment", key: ["reference"] }]`, or of sealed
     * inputs `[{ scope: secret("household", "tag-office"), key: ["household"], within: ["year"] }]`.
     */
    readonly once?: U;
    /** Totals of its own contract that it reads: the ones that the contract keeps, by name. */
    readonly totals?: T;
    apply(
      context: Context<
        R,
        I,
        NoInfer<X>,
        NoInfer<N>,
        NoInfer<S>,
        { calls: NoInfer<C>[number]; reads: NoInfer<D>; schedules: NoInfer<Q>; totals: NoInfer<T> }
      >,
    ): void;
  },
): Action<WithTags<I, U>, X, N, CalledRefusals<C[number]>> {
  void records; // gives the types of the state
  const { schedules: scheduledInputs, totals: totalsInMind } = specification;
  const once: readonly OnceDeclaration[] | undefined = specification.once;
  const called: readonly (Action | ReferredAction)[] = specification.calls ?? [];
  const calls = called.flatMap((each) => ("reference" in each ? [each.reference] : []));
  const ownCalls = called.filter((each) => !("reference" in each));
  const reads = Object.entries(specification.reads ?? {}).map(([alias, { reference }]) => [alias, reference] as const);
  const shared = (once ?? []).flatMap(({ scope }) =>
    typeof scope === "object" && "reference" in scope ? [scope.reference] : [],
  );
  const used = [...calls, ...reads.map(([, reference]) => reference), ...shared];
  return {
    title: specification.title,
    // `contract` adds the tags of sealed values, which the type has already.
    input: specification.input as WithTags<I, U>,
    allow: specification.allow,
    refusals: specification.refusals ?? ({} as X), // without refusals X has no members
    calls: calls.map(nameOfAction),
    ...(ownCalls.length === 0 ? {} : { ownCalls }),
    ...(reads.length === 0
      ? {}
      : { reads: Object.fromEntries(reads.map(([alias, reference]) => [alias, nameOfRecord(reference)])) }),
    ...(scheduledInputs === undefined ? {} : { schedules: Object.keys(scheduledInputs), scheduledInputs }),
    ...(totalsInMind === undefined ? {} : { totals: Object.keys(totalsInMind), totalsInMind }),
    ...(once === undefined ? {} : { once: once.map(onceOf) }),
    ...(used.length === 0 ? {} : { uses: versionsUsed(used) }),
    // The ledger builds the context from the same declaration, so that it has the types forgotten here.
    apply: specification.apply as unknown as Action["apply"],
  };
}

/** What one gives to send an action: sealed fields with what they hide. */
export type InputOf<A> = A extends { readonly input: infer I extends Shape } ? Given<I> : never;

/** What a contract passes to an action that it calls: sealed fields as the commitments that it has of them. */
export type PassedInput<A> = A extends { readonly input: infer I extends Shape } ? Values<I> : never;

/** The codes an action may be refused with: its own, and as `contract/code` those of the actions that it calls. */
export type RefusalsOf<A> = A extends { readonly refusals: infer X; readonly [foreign]?: infer F }
  ? (keyof X & string) | Exclude<F, undefined>
  : never;

/** The refusals of an action as they join those of an action that calls it: `escrow/already-booked`; of its own contract as they are. */
export type CalledRefusals<A> = A extends { readonly refusals: infer X; readonly [foreign]?: infer F }
  ?
      | Exclude<F, undefined>
      | (A extends { readonly reference: ActionReference<infer N> } ? `${N}/${keyof X & string}` : keyof X & string)
  : never;
