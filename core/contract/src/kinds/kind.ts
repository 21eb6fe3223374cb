import type { CborValue } from "@acta/bytes";
import type { AnyField } from "../field.ts";

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** A JSON Schema 2020-12 object. */
export type JsonSchema = { readonly [keyword: string]: Json };

/** A column of the read model's table. `suffix` follows the field's name; text sorts by code point (`collate "C"`). */
export type Column = {
  readonly suffix: string;
  readonly type: "text" | "bigint" | "numeric" | "boolean" | "bytea" | "date" | "timestamptz" | "jsonb";
};

/**
 * Where a value stands, which matters to sealed fields only:
 * `record`: stored, a commitment; `call`: inside a call, the commitment with its place; `form`: given, with what it hides.
 */
export type Mode = "record" | "call" | "form";

/** The forms of one field's value. Every function refuses what is not of the field with a ContractError. */
export type Codec<T = unknown> = {
  encode(value: T): CborValue;
  decode(value: CborValue): T;
  toJson(value: T): Json;
  fromJson(json: unknown): T;
  /** Negative, zero or positive, as the read model sorts. */
  compare(left: T, right: T): number;
  /** What a new form starts with, where there is such a value. */
  readonly empty?: T;
};

/** A base kind: how each of its fields gets its forms. `inner` gives the codec of a field inside this one. */
export type Kind<F extends AnyField, T> = {
  codec(field: F, inner: (field: AnyField) => Codec, mode: Mode): Codec<T>;
  /** In the mode `record` of what is stored, otherwise of what is given. */
  schema(field: F, inner: (field: AnyField) => JsonSchema, mode: Mode): JsonSchema;
  columns(field: F, inner: (field: AnyField) => readonly Column[]): readonly Column[];
};

/** Orders bigints, numbers, booleans and strings of ASCII. */
export function compareScalars<T extends bigint | number | boolean | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Orders text by code point, which is also the order of its UTF-8 bytes. */
export function compareText(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return surrogatesLast(a) - surrogatesLast(b);
  }
  return left.length - right.length;
}

/** UTF-16 puts surrogates, which stand for the highest code points, below U+E000; here they move above. */
function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
