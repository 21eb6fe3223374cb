import { type CborMap, type CborValue, compareBytes, encode } from "@acta/bytes";
import { malformed, within } from "./error.ts";
import type { AnyField, Shape } from "./field.ts";
import type { Codec, Json } from "./kinds/kind.ts";
import { isObject } from "./kinds/members.ts";

type Row = Readonly<Record<string, unknown>>;

/** The forms of all of a shape's values at once: CBOR map by field name, JSON object, plain object. */
export type ShapeCodec = Omit<Codec<Row>, "encode" | "toJson"> & {
  encode(values: Row): CborMap;
  toJson(values: Row): Readonly<Record<string, Json>>;
};

type Slot = { readonly name: string; readonly codec: Codec; readonly isOptional: boolean };

/** Builds the codec of a shape once; reading and writing then touch no definition. `inner` gives a field's codec. */
export function shapeCodecWith(shape: Shape, inner: (field: AnyField) => Codec): ShapeCodec {
  const slots = Object.entries(shape).map(
    ([name, field]): Slot => ({ name, codec: inner(field), isOptional: field.kind === "optional" }),
  );
  const inOrder = slots.toSorted((a, b) => compareBytes(encode(a.name), encode(b.name)));
  return {
    // In the order of canonical CBOR, so that the encoder need not sort.
    encode: (values) => encodeSlots(inOrder, values),
    decode: (value) => decodeSlots(slots, value),
    toJson: (values) => slotsToJson(slots, values),
    fromJson: (json) => slotsFromJson(slots, json),
    compare: (left, right) => compareSlots(slots, left, right),
  };
}

function encodeSlots(slots: readonly Slot[], values: Row): CborMap {
  if (!isObject(values)) return malformed("must be an object");
  const encoded = new Map<string, CborValue>();
  let at = "";
  let taken = 0;
  try {
    for (const { name, codec, isOptional } of slots) {
      at = name;
      const value = values[name];
      if (Object.hasOwn(values, name)) taken++;
      if (value !== undefined) encoded.set(name, codec.encode(value));
      else if (!isOptional) return malformed("is missing");
    }
  } catch (error) {
    throw within(at, error);
  }
  return taken === Object.keys(values).length ? encoded : refuseUnknown(slots, Object.keys(values));
}

function decodeSlots(slots: readonly Slot[], value: CborValue): Row {
  if (!(value instanceof Map)) return malformed("must be a map");
  const values: Record<string, unknown> = {};
  let at = "";
  let taken = 0;
  try {
    for (const { name, codec, isOptional } of slots) {
      at = name;
      const encoded = value.get(name);
      if (encoded !== undefined) {
        values[name] = codec.decode(encoded);
        taken++;
      } else if (!isOptional) return malformed("is missing");
    }
  } catch (error) {
    throw within(at, error);
  }
  return taken === value.size ? values : refuseUnknown(slots, [...value.keys()].map(String));
}

function slotsToJson(slots: readonly Slot[], values: Row): Readonly<Record<string, Json>> {
  if (!isObject(values)) return malformed("must be an object");
  const json: Record<string, Json> = {};
  let at = "";
  try {
    for (const { name, codec, isOptional } of slots) {
      at = name;
      const value = values[name];
      if (value !== undefined) json[name] = codec.toJson(value);
      else if (!isOptional) return malformed("is missing");
    }
  } catch (error) {
    throw within(at, error);
  }
  return json;
}

function slotsFromJson(slots: readonly Slot[], json: unknown): Row {
  if (!isObject(json)) return malformed("must be an object");
  const values: Record<string, unknown> = {};
  let at = "";
  let taken = 0;
  try {
    for (const { name, codec, isOptional } of slots) {
      at = name;
      if (Object.hasOwn(json, name)) {
        values[name] = codec.fromJson(json[name]);
        taken++;
      } else if (!isOptional) return malformed("is missing");
    }
  } catch (error) {
    throw within(at, error);
  }
  return taken === Object.keys(json).length ? values : refuseUnknown(slots, Object.keys(json));
}

function compareSlots(slots: readonly Slot[], left: Row, right: Row): number {
  for (const { name, codec } of slots) {
    const [a, b] = [left[name], right[name]];
    // Absent sorts first.
    const order =
      a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : codec.compare(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

function refuseUnknown(slots: readonly Slot[], given: readonly string[]): never {
  const unknown = given.find((name) => !slots.some((slot) => slot.name === name)) ?? "";
  return malformed(`has no field ${JSON.stringify(unknown.slice(0, 64))}`);
}
