import type { CborMap, CborValue } from "@acta/bytes";
import { malformed } from "../error.ts";

/** A CBOR map with exactly these members. */
export function asMap(value: CborValue | undefined, names: readonly string[]): CborMap {
  if (!(value instanceof Map)) return malformed("must be a map");
  const missing = names.find((name) => !value.has(name));
  if (missing !== undefined) return malformed(`lacks ${missing}`);
  return value.size === names.length ? value : malformed(`has a member besides ${names.join(", ")}`);
}

/** A JSON object with exactly these members. */
export function asObject<N extends string>(json: unknown, names: readonly N[]): Readonly<Record<N, unknown>> {
  if (!isObject(json)) return malformed("must be an object");
  const missing = names.find((name) => !Object.hasOwn(json, name));
  if (missing !== undefined) return malformed(`lacks ${missing}`);
  // The members were just counted: names and nothing else.
  return Object.keys(json).length === names.length
    ? (json as Record<N, unknown>)
    : malformed(`has a member besides ${names.join(", ")}`);
}

/** True for objects that are neither null nor arrays. */
export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A CBOR array. */
export function asArray(value: CborValue | undefined): readonly CborValue[] {
  return Array.isArray(value) ? value : malformed("must be an array");
}

/** A byte string. */
export function asBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : malformed("must be a byte string");
}
