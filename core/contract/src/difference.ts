import { encode, equalBytes } from "@acta/bytes";
import { plainToCbor } from "./manifest.ts";

/**
 * One thing in which a manifest differs from an earlier one. `added`: it was not there, and nothing that was there
 * depends on it. `reworded`: a person reads it otherwise, nothing else does. `incompatible`: what was entered or signed
 * before would no longer be what it was.
 */
export type Difference = {
  readonly effect: "added" | "reworded" | "incompatible";
  /** Where: `records.loan.fields.note`. */
  readonly at: string;
  /** What, as a sentence. */
  readonly what: string;
};

/** Something new, or something that admits more than before. */
export const added = (at: string, what = "It is new."): Difference => ({ effect: "added", at, what });

/** Other words for the same. */
export const reworded = (at: string, what: string): Difference => ({ effect: "reworded", at, what });

/** What an old entry or an old call would trip over. */
export const incompatible = (at: string, what: string): Difference => ({ effect: "incompatible", at, what });

/** Compares members by name: those of both by `compare`, those of the later alone by `start`; none may be gone. */
export function members<T>(
  at: string,
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  compare: (at: string, before: T, after: T) => readonly Difference[],
  start: (at: string, after: T) => readonly Difference[] = (place) => [added(place)],
): readonly Difference[] {
  const kept = Object.entries(before).flatMap(([name, old]) =>
    Object.hasOwn(after, name)
      ? compare(`${at}.${name}`, old, after[name] as T) // its own name, as just asked
      : [incompatible(`${at}.${name}`, "It is gone.")],
  );
  const more = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name));
  return [...kept, ...more.flatMap(([name, now]) => start(`${at}.${name}`, now))];
}

/** Whether two pieces of a manifest's data are the same, absence included. The order of an object's members means nothing. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return left === right;
  return equalBytes(encode(plainToCbor(left)), encode(plainToCbor(right)));
}
