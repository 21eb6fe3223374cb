import { compareBytes, fromBase64Url, toBase64Url } from "@acta/bytes";
import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Kind } from "./kind.ts";
import { asBytes } from "./members.ts";

/** Bytes: exactly `length`, or from `min` to `max`. In JSON base64url without padding. */
export type BytesField = Field<Uint8Array> & {
  readonly kind: "bytes";
  readonly max: number;
  readonly min?: number;
  readonly length?: number;
};

/** What may be said about a {@link BytesField} beside its title. */
export type BytesOptions = Presentation & {
  readonly max?: number;
  readonly min?: number;
  readonly length?: number;
  check?(value: Uint8Array): boolean;
};

/** The most bytes of a value that says nothing else. */
export const DEFAULT_BYTES_MAX = 1024;

/** The forms of a {@link BytesField}. */
export const bytes: Kind<BytesField, Uint8Array> = {
  codec(field) {
    const max = field.length ?? field.max;
    const min = field.length ?? field.min ?? 0;
    const check = (value: unknown): Uint8Array => {
      const { length } = asBytes(value);
      if (length > max) return malformed(`must have at most ${max} bytes`);
      return length < min ? malformed(`must have at least ${min} bytes`) : asBytes(value);
    };
    return {
      encode: check,
      decode: check,
      toJson: (value) => toBase64Url(check(value)),
      fromJson: (json) => check(bytesFromText(json)),
      compare: compareBytes,
    };
  },
  schema: ({ max, min, length }) => ({
    type: "string",
    pattern: "^[A-Za-z0-9_-]*$",
    maxLength: base64Length(length ?? max),
    minLength: base64Length(length ?? min ?? 0),
  }),
  columns: () => [{ suffix: "", type: "bytea" }],
};

/** Strict base64url without padding. */
export function bytesFromText(json: unknown): Uint8Array {
  if (typeof json !== "string") return malformed("must be bytes in base64url");
  try {
    return fromBase64Url(json);
  } catch {
    return malformed("must be bytes in base64url without padding");
  }
}

function base64Length(count: number): number {
  return Math.floor((count * 4 + 2) / 3);
}
