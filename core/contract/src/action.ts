import type { Context, ErasedContext, Records } from "./context.ts";
import type { Given, Shape } from "./field.ts";
import type { Refusals } from "./refusal.ts";
import type { Rule } from "./rule.ts";

/**
 * A verb of a contract. `I` is the shape of its input, `X` its refusals, `N` the roles its rule names. All of it but
 * `apply` is data.
 */
export type Action<I extends Shape = Shape, X extends Refusals = Refusals, N extends string = string> = {
  readonly title: string;
  readonly input: I;
  readonly allow: Rule<N>;
  readonly refusals: X;
  /** Actions of other contracts that it may call, as `contract.action`. */
  readonly calls: readonly string[];
  /** Pure and synchronous; the types of the context are those of the declaration, forgotten here. */
  apply(context: ErasedContext): void;
};

/** Declares an action on a contract's records; types of input, state, roles and refusal codes follow from what it says. */
export function action<
  R extends Records,
  I extends Shape,
  N extends string,
  S extends string,
  const X extends Refusals = Readonly<Record<never, string>>,
>(
  records: R,
  specification: {
    readonly title: string;
    readonly input: I;
    readonly allow: Rule<N, S>;
    readonly refusals?: X;
    apply(context: Context<R, I, NoInfer<X>, NoInfer<N>, NoInfer<S>>): void;
  },
): Action<I, X, N> {
  void records; // gives the types of the state
  return {
    title: specification.title,
    input: specification.input,
    allow: specification.allow,
    refusals: specification.refusals ?? ({} as X), // without refusals X has no members
    calls: [],
    // The ledger builds the context from the same declaration, so that it has the types forgotten here.
    apply: specification.apply as unknown as Action["apply"],
  };
}

/** What one gives to send an action: sealed fields with what they hide. */
export type InputOf<A> = A extends { readonly input: infer I extends Shape } ? Given<I> : never;

/** The codes an action may be refused with by its own contract. */
export type RefusalsOf<A> = A extends { readonly refusals: infer X } ? keyof X & string : never;
