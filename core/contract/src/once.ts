import type { AnyField, Shape } from "./field.ts";
import { t } from "./t.ts";

/** A scope of uniqueness that other contracts may use too; it belongs to the contract that declares it, which says what it holds. */
export type SharedScope<N extends string = string> = {
  /** What is used once in it, as a sentence: "An invoice, by its seller and number." */
  readonly title: string;
  readonly reference: { readonly contract: N; readonly version: number; readonly scope: string };
};

/** A scope of the own contract in which values are used once that stay sealed; see {@link secret}. */
export type SecretScope = { readonly secret: string; readonly office: string };

/**
 * A scope for sealed values, and the role of the contract whose holders vouch for their tags. A tag is the same for the
 * same value and tells nothing of it; the call carries it under the input `tags`, signed by a tag office for this one
 * transaction, and the ledger checks that before the action's code.
 */
export const secret = (scope: string, office: string): SecretScope => ({ secret: scope, office });

/**
 * Inputs whose values may be used once in a scope, as the manifest has it: a name of the own contract, or
 * `contract.name` of a shared scope of another. With an `office` the inputs are sealed, and the values of those `within`
 * narrow the scope.
 */
export type Once = {
  readonly scope: string;
  readonly key: readonly string[];
  readonly office?: string;
  readonly within?: readonly string[];
};

/** Inputs over sealed values alone. */
export type SecretOnce = Once & { readonly office: string };

/** Kinds that may be absent, are hidden, or have no one form to compare. */
type NotInKeys = "optional" | "sealed" | "list" | "group" | "file";

/** The names of inputs whose values make a key for all to see. */
export type PublicNames<I extends Shape> = {
  [N in keyof I & string]: I[N] extends { readonly kind: NotInKeys } ? never : N;
}[keyof I & string];

/** The names of sealed inputs that are always there. */
export type SealedNames<I extends Shape> = {
  [N in keyof I & string]: I[N] extends { readonly kind: "sealed" } ? N : never;
}[keyof I & string];

/** What an action declares: of its public inputs `P` in a public scope, of its sealed inputs `S` in a secret scope. */
export type OnceDeclaration<P extends string = string, S extends string = string> =
  | {
      /** A name, which is the own contract's, or what another contract shares: `invoices.scopes.invoice`. */
      readonly scope: string | SharedScope;
      readonly key: readonly P[];
    }
  | {
      readonly scope: SecretScope;
      readonly key: readonly S[];
      /** Public inputs that narrow the scope: once for each programme and year. */
      readonly within?: readonly P[];
    };

/** The input that the language adds to an action that uses sealed values once. */
export const TAGS = "tags";

/** An input's shape with the tags, where one of the declarations is over sealed values. */
export type WithTags<I extends Shape, U extends readonly unknown[]> = [
  Extract<U[number], { readonly scope: SecretScope }>,
] extends [never]
  ? I
  : I & { readonly [TAGS]: ReturnType<typeof tagsField> };

/** The declaration as the manifest has it. */
export function onceOf({ scope, key, ...rest }: OnceDeclaration): Once {
  if (typeof scope === "string") return { scope, key };
  if ("reference" in scope) return { scope: `${scope.reference.contract}.${scope.reference.scope}`, key };
  return { scope: scope.secret, key, office: scope.office, ...rest };
}

/** Whether a declaration is over sealed values. */
export const isSecret = (once: Once): once is SecretOnce => once.office !== undefined;

/** The declarations over sealed values, in the order in which an action's tags stand. */
export function secretOnces({ once = [] }: { readonly once?: readonly Once[] }): readonly SecretOnce[] {
  return once.filter(isSecret);
}

/** The inputs that an action's author wrote: without the tags, whose words are the language's own. */
export function givenInputs(action: { readonly input: Shape; readonly once?: readonly Once[] }) {
  const hasTags = secretOnces(action).length > 0;
  return Object.entries(action.input).filter(([name]) => !(hasTags && name === TAGS));
}

/** The tags of a call, one for each declaration over sealed values, in their order; see docs/spec, 7.4. */
export function tagsField(count: number) {
  const attested = t.group(
    {
      tag: t.digest("Tag"),
      office: t.party("Tag office"),
      key: t.digest("Key id of the tag office"),
      signature: t.bytes("Signature of the tag office", { max: MOST_SIGNATURE_BYTES }),
    },
    "Tag with its attestation",
  );
  return t.optional(t.list(attested, "Tags of sealed values", { min: count, max: count }));
}

/** Of ML-DSA-65, the longest there is. */
const MOST_SIGNATURE_BYTES = 3309;

/** Whether a field could stand in a public key. */
export function isKeyField(field: AnyField): boolean {
  return !NOT_IN_KEYS.has(field.kind);
}

const NOT_IN_KEYS: ReadonlySet<string> = new Set(["optional", "sealed", "list", "group", "file"] satisfies NotInKeys[]);
