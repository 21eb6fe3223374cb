import type { Records } from "./context.ts";
import type { Values } from "./field.ts";
import type { RecordSpecification } from "./record.ts";
import type { Money } from "./values.ts";

/**
 * A count, and sums, of a contract's records of one name for every prefix of a path, kept exactly by the ledger: a record
 * at `44/03` counts under the whole, under `44` and under `44/03`.
 */
export type Total = {
  /** The record's name. */
  readonly of: string;
  /** The path, of its key or fields. */
  readonly by: string;
  /** Choices and flags by which each count is split, into at most 64 cells. */
  readonly split?: readonly string[];
  /** Integers, decimals and amounts of money to add up; what is absent adds nothing. */
  readonly sum?: readonly string[];
  /** Only records whose choice, or flag as `true` or `false`, is one of these; of several fields each must be. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** `day`: what held at the end of each past day, in the ledger's zone, can still be proved. */
  readonly history?: "day";
};

/** Totals by name. */
export type Totals = Readonly<Record<string, Total>>;

/** A sum: a number of units or smallest steps, or for money the smallest units by currency; a currency without a sum is 0. */
export type TotalSum = bigint | Readonly<Record<string, bigint>>;

/** How many, and their sums by field. */
export type Tally = { readonly count: bigint; readonly sums: Readonly<Record<string, TotalSum>> };

/** A total under one path: the tally, and those of its cells that are not empty. */
export type TotalValue = Tally & { readonly split: readonly (Tally & { readonly values: CellValues })[] };

/** The values of the split's fields, in its order; null where the record has none. */
export type CellValues = readonly (string | boolean | null)[];

/** What `totals.x.at(path)` gives inside an action; `R` are the contract's records, `T` the total. */
export type TotalReader<R extends Records, T extends Total> = {
  /** Under the path, or of everything; with what this action and all before it wrote. */
  at(path?: string): TotalOf<R, T>;
};

/** The value of a total `T` of records `R`: a {@link TotalValue} with a sum for each field that it adds up. */
export type TotalOf<R extends Records, T extends Total> = Omit<TotalValue, "sums"> & {
  readonly sums: { readonly [N in SummedBy<T>]: SumOf<R, T["of"], N> };
};

type SummedBy<T> = T extends { readonly sum: readonly (infer N extends string)[] } ? N : never;

type SumOf<R extends Records, O extends string, N extends string> = O extends keyof R
  ? R[O] extends RecordSpecification<infer K, infer F>
    ? Money extends (Values<K> & Values<F>)[N & keyof (Values<K> & Values<F>)]
      ? Readonly<Record<string, bigint>>
      : bigint
    : never
  : never;
