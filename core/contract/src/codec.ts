import { illDefined, malformed } from "./error.ts";
import type { AnyField, Presentation, Shape } from "./field.ts";
import type { Codec, Column, JsonSchema, Kind, Mode } from "./kinds/kind.ts";
import { findKind } from "./kinds/registry.ts";
import { type ShapeCodec, shapeCodecWith } from "./shape.ts";
import { shapeSchemaWith } from "./shape-schema.ts";

/** The forms of a field's value; built at the first use and kept as long as the field. */
export function codecOf(field: AnyField, mode: Mode): Codec {
  const known = fieldCodecs[mode].get(field);
  if (known !== undefined) return known;
  const plain = kindOf(field).codec(field, (inner) => codecOf(inner, mode), mode);
  const codec =
    field.check === undefined ? plain : withCheck(plain, field.check as (value: unknown) => boolean, field.check.name);
  fieldCodecs[mode].set(field, codec);
  return codec;
}

/** The forms of a shape's values; built at the first use and kept as long as the shape. */
export function shapeCodec(shape: Shape, mode: Mode): ShapeCodec {
  const known = shapeCodecs[mode].get(shape);
  if (known !== undefined) return known;
  const codec = shapeCodecWith(shape, (field) => codecOf(field, mode));
  shapeCodecs[mode].set(shape, codec);
  return codec;
}

/** The JSON Schema (2020-12) of a field's value, as it is given or, in the mode `record`, as it is stored. */
export function fieldSchema(field: AnyField, mode: Mode = "form"): JsonSchema {
  const { example, hint } = field as Presentation; // fields carry their presentation
  return {
    title: field.title,
    ...kindOf(field).schema(field, (inner) => fieldSchema(inner, mode), mode),
    ...(hint === undefined ? {} : { description: hint }),
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

/** The JSON Schema (2020-12) of a shape's values, given or stored; unknown members are refused. */
export function jsonSchema(shape: Shape, mode: Mode = "form"): JsonSchema {
  return shapeSchemaWith(shape, (field) => fieldSchema(field, mode));
}

/** The columns that hold a field's value in the read model; a suffix follows the field's name. */
export function columnsOf(field: AnyField): readonly Column[] {
  return kindOf(field).columns(field, columnsOf);
}

const fieldCodecs = byMode<AnyField, Codec>();
const shapeCodecs = byMode<Shape, ShapeCodec>();

function byMode<K extends WeakKey, V>(): Readonly<Record<Mode, WeakMap<K, V>>> {
  return { record: new WeakMap(), call: new WeakMap(), form: new WeakMap() };
}

function kindOf(field: AnyField): Kind<AnyField, unknown> {
  return findKind(field.kind) ?? illDefined([], `There is no kind ${field.kind}.`);
}

/** A refinement's check is run on every value that comes in or goes out. */
function withCheck(codec: Codec, check: (value: unknown) => boolean, name: string): Codec {
  const checked = (value: unknown): unknown => (check(value) ? value : malformed(`does not satisfy ${name}`));
  return {
    ...codec,
    encode: (value) => codec.encode(checked(value)),
    decode: (value) => checked(codec.decode(value)),
    toJson: (value) => codec.toJson(checked(value)),
    fromJson: (json) => checked(codec.fromJson(json)),
  };
}
