import { type CborMap, type CborValue, compareBytes, decode, encode, fromObject, isMap } from "@acta/bytes";
import type { CellValues, Money, Tally, TotalSum, TotalValue } from "@acta/contract";

/** What a record adds to a total, or takes from it: the cell it falls into, and its amounts by field. */
export type Contribution = {
  readonly sign: 1n | -1n;
  readonly values: CellValues;
  readonly amounts: Readonly<Record<string, bigint | Money>>;
};

/** A total under one path as the state holds it; with the day of its last change where days are kept. */
export type Counter = TotalValue & { readonly since?: number; readonly until?: number };

/** A counter of nothing, with a sum for each of these fields. */
export function emptyCounter(sums: Tally["sums"]): Counter {
  return { count: 0n, sums, split: [] };
}

/** The counter after a contribution; the same cells, without those that count nothing any more. */
export function contribute(counter: Counter, contribution: Contribution, empty: Tally["sums"]): Counter {
  const whole = addTo(counter, contribution);
  if (contribution.values.length === 0) return { ...counter, ...whole };
  const { values } = contribution;
  const index = counter.split.findIndex((cell) => isSameCell(cell.values, values));
  if (index < 0) return { ...counter, ...whole, split: withCell(counter.split, contribution, empty) };
  const changed = { values, ...addTo(counter.split[index] as Cell, contribution) }; // just found
  const cells = changed.count === 0n ? [] : [changed];
  return { ...counter, ...whole, split: counter.split.toSpliced(index, 1, ...cells) };
}

type Cell = TotalValue["split"][number];

const isSameCell = (left: CellValues, right: CellValues): boolean => left.every((value, at) => value === right[at]);

/** With a new cell in its place: in the order of the values' encoding. */
function withCell(split: readonly Cell[], contribution: Contribution, empty: Tally["sums"]): readonly Cell[] {
  const { values } = contribution;
  const at = encode(values);
  const after = split.findIndex((cell) => compareBytes(encode(cell.values), at) > 0);
  const cell = { values, ...addTo({ count: 0n, sums: empty }, contribution) };
  return split.toSpliced(after < 0 ? split.length : after, 0, cell);
}

/** The largest sum of a tally, to whichever side. */
export function widestSum({ sums }: Tally): bigint {
  let widest = 0n;
  for (const sum of Object.values(sums)) {
    for (const part of typeof sum === "bigint" ? [sum] : Object.values(sum)) {
      const width = part < 0n ? -part : part;
      if (width > widest) widest = width;
    }
  }
  return widest;
}

function addTo({ count, sums }: Tally, { sign, amounts }: Contribution): Tally {
  const added: Record<string, TotalSum> = {};
  for (const [field, sum] of Object.entries(sums)) added[field] = addAmount(sum, sign, amounts[field]);
  return { count: count + sign, sums: added };
}

function addAmount(sum: TotalSum, sign: bigint, amount: bigint | Money | undefined): TotalSum {
  if (amount === undefined) return sum;
  if (typeof sum === "bigint") return sum + sign * (amount as bigint); // both of one field
  const { amount: units, currency } = amount as Money; // both of one field
  const after = (sum[currency] ?? 0n) + sign * units;
  const { [currency]: _, ...others } = sum;
  // A sum of nothing leaves no trace, so that a counter depends on its records alone.
  return after === 0n ? others : { ...others, [currency]: after };
}

/** CBOR [version, { "count", ? "sums", ? "split", ? "since", ? "until" }] (docs/spec, 6.7). */
export function encodeCounter(counter: Counter, version: number): Uint8Array {
  const { split, since, until } = counter;
  return encode([
    version,
    fromObject({
      ...tallyToCbor(counter),
      ...(split.length === 0 ? {} : { split: split.map((cell) => [cell.values, fromObject(tallyToCbor(cell))]) }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    }),
  ]);
}

/** Reads what {@link encodeCounter} wrote. */
export function decodeCounter(value: Uint8Array): Counter {
  const [, fields] = decode(value) as readonly [number, CborMap];
  const cells = (fields.get("split") ?? []) as readonly (readonly [CellValues, CborMap])[];
  const [since, until] = [fields.get("since"), fields.get("until")] as readonly (number | undefined)[];
  return {
    ...tallyFromCbor(fields),
    split: cells.map(([values, cell]) => ({ values, ...tallyFromCbor(cell) })),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

function tallyToCbor({ count, sums }: Tally): Readonly<Record<string, CborValue>> {
  const entries = Object.entries(sums).map(([field, sum]): [string, CborValue] => [
    field,
    typeof sum === "bigint" ? sum : fromObject(sum),
  ]);
  return entries.length === 0 ? { count } : { count, sums: fromObject(Object.fromEntries(entries)) };
}

function tallyFromCbor(fields: CborMap): Tally {
  const sums = (fields.get("sums") ?? new Map()) as CborMap;
  const entries = [...sums].map(([field, sum]): [string, TotalSum] => [String(field), sumFromCbor(sum)]);
  return { count: BigInt(fields.get("count") as number | bigint), sums: Object.fromEntries(entries) };
}

function sumFromCbor(sum: CborValue): TotalSum {
  if (!isMap(sum)) return BigInt(sum as number | bigint);
  return Object.fromEntries([...sum].map(([currency, units]) => [String(currency), BigInt(units as number | bigint)]));
}
