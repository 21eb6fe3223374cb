import { BytesError, type CborMap, type CborValue, decode } from "@acta/bytes";
import { ProtocolError, type ProtocolErrorCode } from "./errors.ts";

/** Seconds since 1970 stay below this (the year 10000). FORMATS §1, limits. */
export const SECONDS_LIMIT = 253_402_300_800;
/** Heights, counts, indices and powers stay below this. FORMATS §1, limits. */
export const COUNT_LIMIT = 2 ** 53;

/** Readers that narrow a decoded value, or throw {@link ProtocolError} with one code, saying what was expected. */
export type Form = {
  readonly fail: (detail: string) => never;
  readonly list: (value: CborValue | undefined, what: string, least?: number, most?: number) => readonly CborValue[];
  readonly tuple: (value: CborValue | undefined, what: string, length: number) => readonly CborValue[];
  readonly map: (value: CborValue | undefined, what: string) => CborMap;
  readonly fields: (
    value: CborValue | undefined,
    what: string,
    required: readonly (string | number)[],
    optional?: readonly (string | number)[],
  ) => CborMap;
  readonly bytes: (value: CborValue | undefined, what: string, length?: number) => Uint8Array;
  readonly hash: (value: CborValue | undefined, what: string) => Uint8Array;
  readonly text: (value: CborValue | undefined, what: string) => string;
  readonly flag: (value: CborValue | undefined, what: string) => boolean;
  readonly integer: (value: CborValue | undefined, what: string, least: number, below: number) => number;
  readonly count: (value: CborValue | undefined, what: string, least?: number) => number;
  readonly seconds: (value: CborValue | undefined, what: string) => number;
};

/** The readers for one kind of structure. */
export const formOf = (code: ProtocolErrorCode): Form => {
  const fail = (detail: string): never => {
    throw new ProtocolError(code, detail);
  };
  const list: Form["list"] = (value, what, least = 0, most = COUNT_LIMIT) => {
    if (!Array.isArray(value)) return fail(`${what} must be an array`);
    if (value.length < least || value.length > most) return fail(`${what} has ${value.length} elements`);
    return value;
  };
  const map: Form["map"] = (value, what) => (value instanceof Map ? value : fail(`${what} must be a map`));
  const bytes: Form["bytes"] = (value, what, length) => {
    if (!(value instanceof Uint8Array)) return fail(`${what} must be a byte string`);
    return length === undefined || value.length === length ? value : fail(`${what} must have ${length} bytes`);
  };
  const integer: Form["integer"] = (value, what, least, below) =>
    typeof value === "number" && value >= least && value < below
      ? value
      : fail(`${what} must be an integer from ${least} to below ${below}`);
  return {
    fail,
    list,
    map,
    bytes,
    integer,
    tuple: (value, what, length) => list(value, what, length, length),
    fields: (value, what, required, optional = []) => {
      const fields = map(value, what);
      for (const key of required) if (!fields.has(key)) return fail(`${what} lacks ${key}`);
      for (const key of fields.keys())
        if (!required.includes(key as string | number) && !optional.includes(key as string | number))
          return fail(`${what} has an unknown key ${key}`);
      return fields;
    },
    hash: (value, what) => bytes(value, what, 32),
    text: (value, what) => (typeof value === "string" ? value : fail(`${what} must be text`)),
    flag: (value, what) => (typeof value === "boolean" ? value : fail(`${what} must be true or false`)),
    count: (value, what, least = 0) => integer(value, what, least, COUNT_LIMIT),
    seconds: (value, what) => integer(value, what, 0, SECONDS_LIMIT),
  };
};

/** Decodes canonical CBOR, turning what is not into {@link ProtocolError} `malformed-cbor`. */
export function decodeCanonical(bytes: Uint8Array, what: string): CborValue {
  return refusingAsMalformed(what, () => decode(bytes));
}

/** Runs a decoder of @acta/bytes, turning its errors into {@link ProtocolError} `malformed-cbor`. */
export function refusingAsMalformed<T>(what: string, decoder: () => T): T {
  try {
    return decoder();
  } catch (cause) {
    if (cause instanceof BytesError) throw new ProtocolError("malformed-cbor", `${what}: ${cause.message}`, { cause });
    throw cause;
  }
}

/** Whether every map inside `value`, at any depth, has text keys only. FORMATS §3: input keys are text. */
export const hasTextKeysOnly = (value: CborValue): boolean => {
  if (Array.isArray(value)) return value.every(hasTextKeysOnly);
  if (!(value instanceof Map)) return true;
  for (const [key, inner] of value) if (typeof key !== "string" || !hasTextKeysOnly(inner)) return false;
  return true;
};
