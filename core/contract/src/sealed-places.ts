import { type CborMap, type CborValue, compareBytes, encode, equalBytes } from "@acta/bytes";
import { codecOf } from "./codec.ts";
import { malformed } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import { eachSealed } from "./fields-within.ts";
import { type SealedArray, type SealedField, sealedArray } from "./kinds/sealed.ts";

/** Where a sealed value stands in an input, and the place in the state that it fills. */
export type SealedPlace = {
  /** Field names from the input's top. */
  readonly path: readonly string[];
  readonly record: string;
  /** The elements of the record's key, taken from the input's fields of the same names. */
  readonly key: readonly CborValue[];
  readonly field: readonly string[];
};

/** A sealed value that is present: its place, the field of what it hides, and the value in the form that was asked. */
export type PlacedValue<V> = SealedPlace & { readonly hides: AnyField; readonly value: V };

/** The sealed values that are present in a given input, with what they hide. Throws malformed-input. */
export function sealedPlaces(shape: Shape, input: Readonly<Record<string, unknown>>): readonly PlacedValue<unknown>[] {
  const element = (name: string): CborValue => {
    const field = shape[name];
    return field === undefined ? malformed(`lacks ${name}`) : codecOf(field, "form").encode(input[name]);
  };
  const valueAt = (path: readonly string[]): unknown =>
    // Steps before the last lead through groups, which are objects.
    path.reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step], input);
  return placesOf(shape).flatMap((sealed) => placed(sealed, element, valueAt(sealed.path)));
}

/** The sealed values that are present in a call's input, with what the call carries. Throws malformed-input. */
export function placesInCall(shape: Shape, input: CborMap): readonly PlacedValue<SealedArray>[] {
  const element = (name: string): CborValue => input.get(name) ?? malformed(`lacks ${name}`);
  const valueAt = (path: readonly string[]): CborValue | undefined =>
    path.reduce<CborValue | undefined>((at, step) => (at instanceof Map ? at.get(step) : undefined), input);
  return placesOf(shape).flatMap((sealed) => {
    const value = valueAt(sealed.path);
    return value === undefined ? [] : placed(sealed, element, sealedArray(value));
  });
}

/** The first sealed value of a call that was sealed for another place than the one it fills; the ledger refuses it. */
export function findMisplaced(shape: Shape, input: CborMap): PlacedValue<SealedArray> | undefined {
  return placesInCall(shape, input).find(
    ({ record, key, field, value }) =>
      value.record !== record || !isSame(value.field, field) || !isSame(value.key, key),
  );
}

/** Compares what keys and field paths are made of; keys hold scalars, bytes, and seldom anything deeper. */
function isSame(left: CborValue, right: CborValue): boolean {
  if (left === right) return true;
  if (left instanceof Uint8Array && right instanceof Uint8Array) return equalBytes(left, right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((part, index) => isSame(part, right[index]));
  }
  return compareBytes(encode(left), encode(right)) === 0;
}

type SealedInput = {
  readonly path: readonly string[];
  readonly sealed: SealedField;
  readonly record: string;
  readonly field: readonly string[];
};
const places = new WeakMap<Shape, readonly SealedInput[]>();

/** The sealed fields of a shape, found once. */
function placesOf(shape: Shape): readonly SealedInput[] {
  const known = places.get(shape);
  if (known !== undefined) return known;
  const found: SealedInput[] = [];
  eachSealed(shape, [], (path, sealed) => {
    const [record = "", ...field] = sealed.of.split(".");
    found.push({ path, sealed, record, field });
  });
  places.set(shape, found);
  return found;
}

function placed<V>(
  { path, sealed, record, field }: SealedInput,
  element: (name: string) => CborValue,
  value: V,
): readonly PlacedValue<V>[] {
  if (value === undefined) return [];
  return [{ path, record, key: (sealed.key ?? []).map(element), field, hides: sealed.hides, value }];
}
