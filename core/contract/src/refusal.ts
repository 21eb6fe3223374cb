/** Sentences by code. A sentence may have blanks: `"It is promised to {holder}."` */
export type Refusals = Readonly<Record<string, string>>;

/** The names of a sentence's blanks. */
export type BlanksOf<S> = S extends `${string}{${infer B}}${infer Rest}` ? B | BlanksOf<Rest> : never;

/** What may fill a blank. */
export type BlankValue = string | bigint;

/** The codes of sentences without blanks. */
export type PlainCodes<X> = { [C in keyof X & string]: [BlanksOf<X[C]>] extends [never] ? C : never }[keyof X & string];

type Fill<S> = [BlanksOf<S>] extends [never] ? [] : [blanks: { readonly [B in BlanksOf<S>]: BlankValue }];

/** Refuses with a declared code and exactly its sentence's blanks, and never returns. */
export type Refuse<X> = <const C extends keyof X & string>(code: C, ...fill: Fill<X[C]>) => never;

/** The names of a sentence's blanks, in the order of their first appearance. */
export function blanksOf(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(BLANK)].map((match) => match[1] ?? ""))];
}

/** The sentence with its blanks filled; a blank without a value stays as it is written. */
export function blanks(sentence: string, values: Readonly<Record<string, BlankValue | number>>): string {
  return sentence.replace(BLANK, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

const BLANK = /\{([A-Za-z][A-Za-z0-9]*)\}/g;
