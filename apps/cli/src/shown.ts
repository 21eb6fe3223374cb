import { type CborValue, isArray, isMap, toHex } from "@acta/bytes";

/** A value of a proof as JSON that a person can read: bytes in hex, large numbers as text, maps as objects. */
export function cborToJson(value: CborValue): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (typeof value === "bigint") return value.toString();
  if (isMap(value)) return Object.fromEntries([...value].map(([name, member]) => [String(name), cborToJson(member)]));
  return isArray(value) ? value.map(cborToJson) : value;
}

/** The same on one line, without quotes around a single text or number. */
export function cborToLine(value: CborValue): string {
  const json = cborToJson(value);
  return typeof json === "string" ? json : JSON.stringify(json);
}
