import type { CborMap, CborValue } from "@acta/bytes";
import { codecOf, shapeCodec } from "./codec.ts";
import { malformed } from "./error.ts";
import type { Given, Shape, Values } from "./field.ts";
import { hexToBytes } from "./kinds/hex.ts";
import type { Json } from "./kinds/kind.ts";
import { isCommitted, type SealedArray } from "./kinds/sealed.ts";
import { type SealedPlace, sealedPlaces } from "./sealed-places.ts";

/** Makes the commitment (32 bytes) to a value for a place; whoever makes it keeps the salt and the value. */
export type Seal = (place: SealedPlace, value: CborValue) => Uint8Array;

/**
 * The input of a call from what a person or program gave. Each sealed value is handed to `seal`, unless a commitment
 * was given in its place. Throws malformed-input with the path.
 */
export function encodeInput<I extends Shape>(shape: I, given: Given<I>, seal?: Seal): CborMap {
  return shapeCodec(shape, "call").encode(withSealedArrays(shape, given, seal));
}

/** The input as the action's code sees it: commitments for sealed values. Throws malformed-input with the path. */
export function decodeInput<I extends Shape>(shape: I, input: CborValue): Values<I> {
  // The codec built for this shape gives values of this shape.
  return shapeCodec(shape, "call").decode(input) as Values<I>;
}

/**
 * An input as one contract passes it to another, or keeps it for a deadline: sealed values are the commitments alone,
 * each still bound to the place that the transaction's call names. Throws malformed-input with the path.
 */
export function inputToCbor<I extends Shape>(shape: I, values: Values<I>): CborMap {
  return shapeCodec(shape, "record").encode(values);
}

/** Reads what {@link inputToCbor} gave. Throws malformed-input with the path. */
export function inputFromCbor<I extends Shape>(shape: I, input: CborValue): Values<I> {
  // The codec built for this shape gives values of this shape.
  return shapeCodec(shape, "record").decode(input) as Values<I>;
}

/** What a person or program gave, from JSON. Throws malformed-input with the path. */
export function inputFromJson<I extends Shape>(shape: I, json: unknown): Given<I> {
  // The codec built for this shape gives values of this shape.
  return shapeCodec(shape, "form").fromJson(json) as Given<I>;
}

/** The JSON of what a person or program gave, what sealed fields hide included. Throws malformed-input with the path. */
export function inputToJson<I extends Shape>(shape: I, given: Given<I>): Readonly<Record<string, Json>> {
  return shapeCodec(shape, "form").toJson(given);
}

/** The JSON of an input as a call carries it: `{"commitment": "…"}` for sealed values. */
export function callToJson<I extends Shape>(shape: I, input: Values<I>): Readonly<Record<string, Json>> {
  return shapeCodec(shape, "record").toJson(input);
}

type Row = Readonly<Record<string, unknown>>;

function withSealedArrays(shape: Shape, given: Row, seal: Seal | undefined): Row {
  return sealedPlaces(shape, given).reduce<Row>((input, { hides, value, ...place }) => {
    const commitment = isCommitted(value)
      ? hexToBytes(value.commitment, 32)
      : (seal ?? noSeal)(place, codecOf(hides, "record").encode(value));
    const array: SealedArray = { record: place.record, key: place.key, field: place.field, commitment };
    return replaced(input, place.path, array);
  }, given);
}

function noSeal(place: SealedPlace): never {
  return malformed(`lacks the means to seal ${place.path.join(".")}`);
}

/** A copy with the value at the path replaced; steps before the last lead through groups. */
function replaced(row: Row, path: readonly string[], value: unknown): Row {
  const [first = "", ...rest] = path;
  return { ...row, [first]: rest.length === 0 ? value : replaced(row[first] as Row, rest, value) };
}
