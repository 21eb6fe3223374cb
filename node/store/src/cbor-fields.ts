import { type CborValue, decode, isArray } from "@acta/bytes";

/** Thrown where a stored record has not the form it was written in; whoever reads it says where. */
export class RecordFormError extends Error {}

/** The elements of an array of a known length. */
export function fields(value: CborValue | undefined, length: number): readonly CborValue[] {
  const elements = list(value);
  if (elements.length !== length) throw new RecordFormError(`expected ${length} elements, found ${elements.length}`);
  return elements;
}

/** An array of any length. */
export function list(value: CborValue | undefined): readonly CborValue[] {
  if (value !== undefined && isArray(value)) return value;
  throw new RecordFormError("expected an array");
}

/** A whole number below 2^53. */
export function number(value: CborValue | undefined): number {
  if (typeof value === "number") return value;
  throw new RecordFormError("expected a number");
}

/** A byte string. */
export function bytes(value: CborValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new RecordFormError("expected a byte string");
}

/** True or false. */
export function flag(value: CborValue | undefined): boolean {
  if (typeof value === "boolean") return value;
  throw new RecordFormError("expected true or false");
}

/** The value of a record's bytes. */
export function record(encoded: Uint8Array): CborValue {
  try {
    return decode(encoded);
  } catch (error) {
    throw new RecordFormError("is no canonical CBOR", { cause: error });
  }
}
