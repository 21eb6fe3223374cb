/** A scope of uniqueness that other contracts may use too; it belongs to the contract that declares it, which says what it holds. */
export type SharedScope<N extends string = string> = {
  /** What is used once in it, as a sentence: "An invoice, by its seller and number." */
  readonly title: string;
  readonly reference: { readonly contract: N; readonly version: number; readonly scope: string };
};

/**
 * Inputs whose values may be used once in a scope, as the manifest has it: a name of the own contract, or
 * `contract.name` of a shared scope of another.
 */
export type Once = { readonly scope: string; readonly key: readonly string[] };

/** The same as an action declares it; `I` are the names of its inputs. */
export type OnceDeclaration<I extends string> = {
  /** A name, which is the own contract's, or what another contract shares: `invoices.scopes.invoice`. */
  readonly scope: string | SharedScope;
  readonly key: readonly I[];
};

/** `payment`, or `invoices.invoice`. */
export function nameOfScope(scope: string | SharedScope): string {
  return typeof scope === "string" ? scope : `${scope.reference.contract}.${scope.reference.scope}`;
}
