import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import { compareText, type Kind } from "./kind.ts";

/** Text of at most `max` characters (code points), of which none is a control character other than line feed and tab. */
export type TextField = Field<string> & {
  readonly kind: "text";
  readonly max: number;
  readonly min?: number;
  readonly length?: number;
  readonly pattern?: string;
};

/** How a text is limited. The pattern is an ECMAScript regular expression of the whole text, without `\p`. */
export type TextOptions = Presentation & {
  readonly max?: number;
  readonly min?: number;
  readonly length?: number;
  readonly pattern?: string;
  check?(value: string): boolean;
};

/** The most characters of a text that says nothing else. */
export const DEFAULT_TEXT_MAX = 1000;

/** The forms of a {@link TextField}. */
export const text: Kind<TextField, string> = {
  codec(field) {
    const max = field.length ?? field.max;
    const min = field.length ?? field.min ?? 0;
    const pattern = field.pattern === undefined ? undefined : new RegExp(`^(?:${field.pattern})$`, "u");
    const check = (value: unknown): string => {
      if (typeof value !== "string") return malformed("must be text");
      const length = countCharacters(value);
      if (length > max) return malformed(`must have at most ${max} characters`);
      if (length < min) return malformed(`must have at least ${min} characters`);
      if (pattern !== undefined && !pattern.test(value)) return malformed(`must match ${field.pattern}`);
      return value;
    };
    return { encode: check, decode: check, toJson: check, fromJson: check, compare: compareText, empty: "" };
  },
  schema: ({ max, min, length, pattern }) => ({
    type: "string",
    maxLength: length ?? max,
    ...((length ?? min) ? { minLength: length ?? min ?? 0 } : {}),
    ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
  }),
  columns: () => [{ suffix: "", type: "text" }],
};

/** Counts code points; refuses lone surrogates and control characters. */
export function countCharacters(value: string): number {
  let count = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x0a && unit !== 0x09) || unit === 0x7f) return malformed("has a control character");
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const next = value.charCodeAt(i + 1);
      if (unit >= 0xdc00 || !(next >= 0xdc00 && next <= 0xdfff)) return malformed("is not well-formed text");
      i++;
    }
    count++;
  }
  return count;
}
