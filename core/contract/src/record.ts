import { type CborMap, type CborValue, decode, encode } from "@acta/bytes";
import { codecOf, shapeCodec } from "./codec.ts";
import { malformed, withCode, within } from "./error.ts";
import type { Shape, Values } from "./field.ts";
import type { Json } from "./kinds/kind.ts";
import { asArray } from "./kinds/members.ts";

/** What a contract keeps under a key, and what it says about that. */
export type RecordSpecification<K extends Shape = Shape, F extends Shape = Shape> = {
  readonly title: string;
  readonly key: K;
  readonly fields: F;
  /** True if closed versions are kept in the state, so that "as of" needs no old trees. */
  readonly history: boolean;
};

/** Declares a record: `record("Payment booked", { reference: t.text("Bank reference") }, { amount: t.money("Amount") })`. */
export function record<K extends Shape, F extends Shape>(
  title: string,
  key: K,
  fields: F,
  options: { readonly history?: boolean } = {},
): RecordSpecification<K, F> {
  return { title, key, fields, history: options.history ?? false };
}

/** The stored bytes of a record: CBOR [version, {field: value}] (FORMATS §5). Throws malformed-record. */
export function encodeRecord<F extends Shape>(fields: F, values: Values<F>, version: number): Uint8Array {
  return encode([version, withCode("malformed-record", () => shapeCodec(fields, "record").encode(values))]);
}

/** Reads what {@link encodeRecord} wrote; the version is that of the contract that wrote it. Throws malformed-record. */
export function decodeRecord<F extends Shape>(
  fields: F,
  bytes: Uint8Array,
): { readonly version: number; readonly values: Values<F> } {
  return withCode("malformed-record", () => {
    const parts = asArray(decode(bytes));
    const [version, values] = parts;
    if (parts.length !== 2 || typeof version !== "number" || version < 1 || values === undefined) {
      return malformed("must be a version and values");
    }
    // The codec built for these fields gives values of these fields.
    return { version, values: shapeCodec(fields, "record").decode(values) as Values<F> };
  });
}

/** A key as the elements that follow [2, contract, record] in a state key, in the order of the shape. Throws malformed-key. */
export function encodeKey<K extends Shape>(key: K, values: Values<K>): CborValue[] {
  return withCode("malformed-key", () => {
    // Encoding the whole shape first refuses missing and unknown fields in its own words.
    const encoded: CborMap = shapeCodec(key, "record").encode(values);
    return Object.keys(key).map((name) => encoded.get(name) ?? malformed(`lacks ${name}`));
  });
}

/** The values of a key from its elements. Throws malformed-key. */
export function decodeKey<K extends Shape>(key: K, elements: readonly CborValue[]): Values<K> {
  return withCode("malformed-key", () =>
    eachOfKey(key, elements, (name, element) => codecOf(fieldOf(key, name), "record").decode(element)),
  );
}

/** A key as a JSON array of its fields' forms, in the order of the shape; paths of the API are made of it. */
export function keyToJson<K extends Shape>(key: K, values: Values<K>): readonly Json[] {
  return withCode("malformed-key", () => Object.values(shapeCodec(key, "record").toJson(values)));
}

/** Reads a key from a JSON array of its fields' forms. Throws malformed-key. */
export function keyFromJson<K extends Shape>(key: K, json: unknown): Values<K> {
  return withCode("malformed-key", () => {
    if (!Array.isArray(json)) return malformed("must be an array");
    return eachOfKey(key, json, (name, element) => codecOf(fieldOf(key, name), "record").fromJson(element));
  });
}

/** A record's values in JSON; of a sealed field the commitment. */
export function recordToJson<F extends Shape>(fields: F, values: Values<F>): Readonly<Record<string, Json>> {
  return withCode("malformed-record", () => shapeCodec(fields, "record").toJson(values));
}

/** Reads a record's values from JSON. Throws malformed-record. */
export function recordFromJson<F extends Shape>(fields: F, json: unknown): Values<F> {
  // The codec built for these fields gives values of these fields.
  return withCode("malformed-record", () => shapeCodec(fields, "record").fromJson(json) as Values<F>);
}

function eachOfKey<K extends Shape, E>(
  key: K,
  elements: readonly E[],
  form: (name: string, element: E) => unknown,
): Values<K> {
  const names = Object.keys(key);
  if (elements.length !== names.length) return malformed(`must have ${names.length} parts: ${names.join(", ")}`);
  const values: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    try {
      values[name] = form(name, elements[index] as E); // as many elements as names
    } catch (error) {
      throw within(name, error);
    }
  }
  return values as Values<K>; // every field of the key, in its own form
}

function fieldOf(shape: Shape, name: string): Shape[string] {
  return shape[name] ?? malformed(`has no field ${name}`);
}
