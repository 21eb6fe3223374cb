import type { CborValue } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { AnyField, Field } from "../field.ts";
import type { Commitment, Committed } from "../values.ts";
import { HASH_BYTES } from "./digest.ts";
import { hexFromBytes, hexOf, hexToBytes } from "./hex.ts";
import { type Codec, compareScalars, type Kind } from "./kind.ts";
import { asArray, asObject, isObject } from "./members.ts";

/** A value that stays off the ledger, which keeps a salted commitment to it in the record's field `of`. */
export type SealedField<T = unknown> = Field<Commitment, T | Committed> & {
  readonly kind: "sealed";
  readonly of: string;
  readonly hides: AnyField;
  /** In an input: the inputs that make the record's key, in its order; filled in by `contract`. */
  readonly key?: readonly string[];
};

/** A sealed value as a call carries it (FORMATS §3): the place that the commitment was made for, and the commitment. */
export type SealedArray = {
  readonly record: string;
  readonly key: readonly CborValue[];
  readonly field: readonly string[];
  readonly commitment: Uint8Array;
};

/** The forms of a {@link SealedField}. */
export const sealed: Kind<SealedField, unknown> = {
  codec({ hides }, inner, mode) {
    if (mode === "record") return stored;
    return mode === "call" ? called : offered(inner(hides));
  },
  schema: ({ hides }, inner, mode) => (mode === "record" ? COMMITTED : { oneOf: [inner(hides), COMMITTED] }),
  columns: () => [{ suffix: "", type: "text" }],
};

const COMMITTED = {
  type: "object",
  description: "The salted commitment to a sealed value, in place of the value.",
  properties: { commitment: { type: "string", pattern: "^[0-9a-f]{64}$" } },
  required: ["commitment"],
  additionalProperties: false,
};

const stored: Codec = {
  encode: (value) => hexToBytes(value, HASH_BYTES),
  decode: commitmentFromBytes,
  toJson: (value) => ({ commitment: hexOf(value, HASH_BYTES) }),
  fromJson: (json) => hexOf(asObject(json, ["commitment"]).commitment, HASH_BYTES),
  compare: (left, right) => compareScalars(String(left), String(right)),
};

/** Inside a call: written with its place, read as the commitment alone; who asks for places has `placesInCall`. */
const called: Codec = {
  ...stored,
  encode(value) {
    const { record, key, field, commitment } = value as SealedArray; // made by `encodeInput`, nobody else encodes calls
    return [record, key, field, commitment];
  },
  decode: (value) => commitmentFromBytes(sealedArray(value).commitment),
};

/** In a form: the value itself in its own forms, or a commitment made beforehand. */
function offered(hidden: Codec): Codec {
  return {
    ...hidden,
    encode: () => malformed("is sealed: it enters a call as a commitment"),
    decode: () => malformed("is sealed: a call does not hold it"),
    toJson: (value) => (isCommitted(value) ? { commitment: value.commitment } : hidden.toJson(value)),
    fromJson: (json) =>
      isCommitted(json) ? { commitment: hexOf(json.commitment, HASH_BYTES) } : hidden.fromJson(json),
  };
}

/** True for an object whose one member is a commitment. */
export function isCommitted(value: unknown): value is Committed {
  return isObject(value) && Object.hasOwn(value, "commitment") && Object.keys(value).length === 1;
}

/** Reads the array of a sealed value and checks its form, not its place. */
export function sealedArray(value: CborValue | undefined): SealedArray {
  const parts = asArray(value);
  if (parts.length !== 4) return malformed("must be a sealed array of four");
  const [record, key, field, commitment] = parts;
  if (typeof record !== "string") return malformed("must name the record it is sealed for");
  const steps = asArray(field);
  if (steps.length === 0 || !steps.every((step) => typeof step === "string")) {
    return malformed("must name the field it is sealed for");
  }
  if (!(commitment instanceof Uint8Array) || commitment.length !== HASH_BYTES) {
    return malformed("must have a commitment of 32 bytes");
  }
  return { record, key: asArray(key), field: steps, commitment };
}

function commitmentFromBytes(value: unknown): Commitment {
  return hexFromBytes(value, HASH_BYTES) as Commitment; // its length was just checked
}
