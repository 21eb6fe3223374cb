import { type CborValue, toHex } from "@acta/bytes";
import { grouped } from "@acta/ui";

/** The beginning and end of a long fingerprint; short ones whole. */
export function shortened(hex: string): string {
  return hex.length <= 24 ? grouped(hex) : `${grouped(hex.slice(0, 8))} … ${hex.slice(-4)}`;
}

/** Any value in one line for people: bytes as hex, maps as name and value, sealed values as `sealed`. */
export function inBrief(value: CborValue, sealed = "…"): string {
  if (value instanceof Uint8Array) return value.length === 0 ? "—" : shortened(toHex(value));
  if (value instanceof Map)
    return [...value].map(([key, inner]) => `${inBrief(key)}: ${inBrief(inner, sealed)}`).join("; ");
  if (isSealed(value)) return sealed;
  if (Array.isArray(value))
    return value.length === 0 ? "—" : value.map((inner: CborValue) => inBrief(inner, sealed)).join(", ");
  return value === null ? "—" : String(value);
}

/** Whether a value of an input is a sealed one: record, key, field path, commitment of 32 bytes. FORMATS §3. */
export function isSealed(value: CborValue): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [record, key, field, commitment] = value as readonly CborValue[]; // an array, as just asked
  return (
    typeof record === "string" &&
    Array.isArray(key) &&
    Array.isArray(field) &&
    commitment instanceof Uint8Array &&
    commitment.length === 32
  );
}
