import { added, type Difference, incompatible, isSame, members, reworded } from "./difference.ts";
import type { AnyField, Shape } from "./field.ts";
import { isField } from "./manifest.ts";

/**
 * In what a field differs from what it was. Compatible is what leaves every value of the old field a value of the new
 * one, with the same bytes and the same meaning: wider bounds, further choices, a pattern or check less, an optional
 * part of a group more. Whether two patterns or checks admit the same is not for a program to say.
 */
export function fieldDifferences(at: string, before: AnyField, after: AnyField): readonly Difference[] {
  if (before.kind !== after.kind) {
    return [incompatible(at, `It was of kind ${before.kind}, and would be of kind ${after.kind}.`)];
  }
  const [old, now] = [before as Parts, after as Parts]; // a field is its parts, by name
  const parts = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !BOUNDS.has(name));
  // Sorted: a field that was read from its manifest has its parts in another order than in the source.
  const names = parts.sort();
  return [
    ...boundDifferences(at, old, now),
    ...names.flatMap((name) => (COMPARED.get(name) ?? unchanged)(`${at}.${name}`, old[name], now[name])),
  ];
}

/** A field that was not there before: what was written then lacks it. */
export function addedField(at: string, field: AnyField): readonly Difference[] {
  return field.kind === "optional"
    ? [added(at)]
    : [incompatible(at, "It is new and must be given, but what was written before lacks it. Make it optional.")];
}

type Parts = Readonly<Record<string, unknown>>;
type Compare = (at: string, before: unknown, after: unknown) => readonly Difference[];

const words: Compare = (at, before, after) =>
  isSame(before, after) ? [] : [reworded(at, "It is shown in another way.")];

const unchanged: Compare = (at, before, after) =>
  isSame(before, after) ? [] : [incompatible(at, "It would be another.")];

/** What narrows a field: without it more is admitted. */
const narrowing: Compare = (at, before, after) => {
  if (isSame(before, after)) return [];
  return [
    after === undefined
      ? added(at, "It is gone, and more is admitted.")
      : incompatible(at, "It is another, and may refuse what was admitted."),
  ];
};

const nameOf = (check: unknown): string | undefined => (check as { readonly name: string } | undefined)?.name; // a function

/** Of a list or an optional field what it holds; of a choice its words; of an id the sort of thing. */
const of: Compare = (at, before, after) => {
  if (Array.isArray(before) && Array.isArray(after)) return choiceDifferences(at, before, after);
  return isField(before) && isField(after) ? fieldDifferences(at, before, after) : unchanged(at, before, after);
};

/** By the name of a field's part; whatever is not here must stay as it is, a unit too: 5 m² are not 5 mu. */
const COMPARED: ReadonlyMap<string, Compare> = new Map([
  ...["title", "labels", "example", "hint", "widget", "search", "visibleTo"].map((name) => [name, words] as const),
  ...["pattern", "currency", "to"].map((name) => [name, narrowing] as const),
  ["check", (at, before, after) => narrowing(at, nameOf(before), nameOf(after))],
  ["of", of],
  ["hides", of],
  // Of a group: shapes, as the kind says.
  ["fields", (at, before, after) => members(at, before as Shape, after as Shape, fieldDifferences, addedField)],
]);

/** Choices have an order: it stays, and others may stand between. */
function choiceDifferences(at: string, before: readonly unknown[], after: readonly unknown[]): readonly Difference[] {
  const kept = after.filter((word) => before.includes(word));
  if (!isSame(kept, before)) return [incompatible(at, "A choice is gone, or they stand in another order.")];
  return kept.length === after.length ? [] : [added(at, "There are further choices.")];
}

const BOUNDS: ReadonlySet<string> = new Set(["min", "max", "length"]);

/** Bounds of numbers, lengths and counts; a length is both of its bounds. */
function boundDifferences(at: string, before: Parts, after: Parts): readonly Difference[] {
  const [old, now] = [boundsOf(before), boundsOf(after)];
  if (isSame(old, now)) return [];
  const isWider =
    (now.min === undefined || (old.min !== undefined && now.min <= old.min)) &&
    (now.max === undefined || (old.max !== undefined && now.max >= old.max));
  return [isWider ? added(at, "Its bounds are wider.") : incompatible(at, "Its bounds would be narrower.")];
}

function boundsOf({ min, max, length }: Parts): {
  readonly min?: bigint | undefined;
  readonly max?: bigint | undefined;
} {
  const bound = (value: unknown): bigint | undefined =>
    value === undefined ? undefined : BigInt(value as number | bigint); // as kinds have them
  return { min: bound(length ?? min), max: bound(length ?? max) };
}
