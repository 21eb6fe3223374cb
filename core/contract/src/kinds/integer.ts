import type { CborValue } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import { type Column, compareScalars, type Kind } from "./kind.ts";

/** A whole number of at most 256 bits: −2^256 … 2^256 − 1, or narrower. */
export type IntegerField = Field<bigint> & { readonly kind: "integer"; readonly min?: bigint; readonly max?: bigint };

/** What may be said about a {@link IntegerField} beside its title. */
export type IntegerOptions = Presentation & {
  readonly min?: bigint;
  readonly max?: bigint;
  check?(value: bigint): boolean;
};

/** The largest integer a value may hold (FORMATS §1: bignums up to 256 bits); the least is −MAX − 1. */
export const MAX_INTEGER = (1n << 256n) - 1n;
const MIN_INTEGER = -MAX_INTEGER - 1n;

/** The forms of a {@link IntegerField}. */
export const integer: Kind<IntegerField, bigint> = {
  codec({ min = MIN_INTEGER, max = MAX_INTEGER }) {
    const check = (value: unknown): bigint => boundedInteger(value, min, max);
    return {
      encode: check,
      decode: (value) => boundedInteger(integerFromCbor(value), min, max),
      toJson: (value) => check(value).toString(),
      fromJson: (json) => check(integerFromText(json)),
      compare: compareScalars,
    };
  },
  schema: () => ({ type: "string", pattern: INTEGER_PATTERN }),
  columns: (field) => [{ suffix: "", type: integerColumn(field) }],
};

const INTEGER_PATTERN = "^(?:0|-?[1-9][0-9]{0,77})$";
const SIGNED_64 = 1n << 63n;
const integerForm = new RegExp(INTEGER_PATTERN);

/** Refuses what is no bigint within both bounds. */
export function boundedInteger(value: unknown, min: bigint, max: bigint): bigint {
  if (typeof value !== "bigint") return malformed("must be an integer");
  if (value < min) return malformed(`must be at least ${min}`);
  if (value > max) return malformed(`must be at most ${max}`);
  return value;
}

/** A CBOR integer, which is a number when safe, as bigint. */
export function integerFromCbor(value: CborValue): bigint {
  if (typeof value === "number") return BigInt(value);
  return typeof value === "bigint" ? value : malformed("must be an integer");
}

/** A decimal string without plus, leading zeros or minus zero, as bigint. */
export function integerFromText(json: unknown): bigint {
  if (typeof json !== "string" || !integerForm.test(json)) return malformed("must be an integer as a decimal string");
  return BigInt(json);
}

function integerColumn({ min, max }: { readonly min?: bigint; readonly max?: bigint }): Column["type"] {
  const fits = min !== undefined && max !== undefined && min >= -SIGNED_64 && max < SIGNED_64;
  return fits ? "bigint" : "numeric";
}
