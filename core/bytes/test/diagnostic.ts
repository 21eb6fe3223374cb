import { type CborValue, isArray, isMap, toHex } from "../src/index.ts";

/** A value in the diagnostic notation of RFC 8949, 8: for people, and for other implementations of the vectors. */
export function diagnostic(value: CborValue): string {
  if (value instanceof Uint8Array) return `h'${toHex(value)}'`;
  if (isArray(value)) return `[${value.map(diagnostic).join(", ")}]`;
  if (isMap(value))
    return `{${[...value].map(([key, entry]) => `${diagnostic(key)}: ${diagnostic(entry)}`).join(", ")}}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
