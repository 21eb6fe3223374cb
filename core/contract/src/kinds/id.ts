import { malformed } from "../error.ts";
import type { Field, Presentation } from "../field.ts";
import type { Id } from "../values.ts";
import { hexFromBytes, hexOf, hexToBytes } from "./hex.ts";
import { compareText, type Kind } from "./kind.ts";
import { countCharacters } from "./text.ts";

/**
 * What identifies a thing of the sort `of`: text of 1 to `max` characters; or, where `bytes` is given, exactly that
 * many bytes, which programs and JSON hold as lower-case hex digits.
 */
export type IdField<B extends string = string> = Field<Id<B>> & {
  readonly kind: "id";
  readonly of: B;
  readonly max: number;
  readonly bytes?: number;
  readonly pattern?: string;
};

/** What may be said about a {@link IdField} beside its title. */
export type IdOptions = Presentation & {
  readonly max?: number;
  readonly bytes?: number;
  readonly pattern?: string;
  check?(value: string): boolean;
};

/** The most characters of an id that says nothing else. */
export const DEFAULT_ID_MAX = 100;

/** The forms of a {@link IdField}. */
export const id: Kind<IdField, Id<string>> = {
  codec: (field) => (field.bytes === undefined ? textId(field) : bytesId(field.bytes)),
  schema: ({ bytes, max, pattern }) =>
    bytes === undefined
      ? {
          type: "string",
          minLength: 1,
          maxLength: max,
          ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
        }
      : { type: "string", pattern: `^[0-9a-f]{${bytes * 2}}$` },
  columns: () => [{ suffix: "", type: "text" }],
};

function textId({ max, pattern }: IdField): ReturnType<typeof id.codec> {
  const form = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, "u");
  const check = (value: unknown): Id<string> => {
    if (typeof value !== "string" || value === "") return malformed("must be text and not empty");
    if (countCharacters(value) > max) return malformed(`must have at most ${max} characters`);
    if (form !== undefined && !form.test(value)) return malformed(`must match ${pattern}`);
    return value as Id<string>; // the one place that makes a textual Id
  };
  return { encode: check, decode: check, toJson: check, fromJson: check, compare: compareText };
}

function bytesId(length: number): ReturnType<typeof id.codec> {
  const check = (value: unknown): Id<string> => hexOf(value, length) as Id<string>; // the one place that makes an Id of bytes
  return {
    encode: (value) => hexToBytes(value, length),
    decode: (value) => hexFromBytes(value, length) as Id<string>, // its length was just checked
    toJson: check,
    fromJson: check,
    compare: compareText,
  };
}
