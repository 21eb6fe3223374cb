import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import { boundedInteger, integerFromCbor, MAX_INTEGER } from "./integer.ts";
import { compareScalars, type Kind } from "./kind.ts";

/**
 * An exact number with a fixed count of decimal places. In programs and bytes it is the integer of its smallest
 * steps (12.50 at scale 2 is 1250n); in JSON it is text with exactly that many places.
 */
export type DecimalField = Field<bigint> & {
  readonly kind: "decimal";
  readonly scale: number;
  readonly min?: bigint;
  readonly max?: bigint;
};

/** `scale` from 1 to 18; bounds count smallest steps. */
export type DecimalOptions = Presentation & {
  readonly scale: number;
  readonly min?: bigint;
  readonly max?: bigint;
  check?(value: bigint): boolean;
};

/** The forms of a {@link DecimalField}. */
export const decimal: Kind<DecimalField, bigint> = {
  codec({ scale, min = -MAX_INTEGER, max = MAX_INTEGER }) {
    const check = (value: unknown): bigint => boundedInteger(value, min, max);
    return {
      encode: check,
      decode: (value) => check(integerFromCbor(value)),
      toJson: (value) => decimalToText(check(value), scale),
      fromJson: (json) => check(decimalFromText(json, scale)),
      compare: compareScalars,
    };
  },
  schema: ({ scale }) => ({ type: "string", pattern: decimalPattern(scale) }),
  columns: () => [{ suffix: "", type: "numeric" }],
};

/** The pattern of {@link decimalToText}. */
export function decimalPattern(scale: number): string {
  return scale === 0 ? "^-?(?:0|[1-9][0-9]{0,77})$" : `^-?(?:0|[1-9][0-9]{0,77})\\.[0-9]{${scale}}$`;
}

/** 1250n at scale 2 is "12.50". */
export function decimalToText(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** "12.50" at scale 2 is 1250n; any other count of places is refused, and so is minus zero. */
export function decimalFromText(json: unknown, scale: number): bigint {
  if (typeof json !== "string" || json.length > 100 || !new RegExp(decimalPattern(scale)).test(json)) {
    return malformed(`must be a decimal string with exactly ${scale} decimal places`);
  }
  const value = BigInt(json.replace(".", ""));
  return value === 0n && json.startsWith("-") ? malformed("must not be minus zero") : value;
}
