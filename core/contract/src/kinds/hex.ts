import { fromHex, toHex } from "@acta/bytes";
import { malformed } from "../error.ts";
import { asBytes } from "./members.ts";

/** Lower-case hex digits of exactly `length` bytes, which is how programs hold what identifies. */
export function hexOf(value: unknown, length: number): string {
  if (typeof value !== "string" || value.length !== length * 2 || !isLowerHex(value)) {
    return malformed(`must be ${length * 2} lower-case hex digits`);
  }
  return value;
}

// Asked of every identifier that is read or written: a regular expression takes ten times as long.
function isLowerHex(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 102 || (code > 57 && code < 97)) return false;
  }
  return true;
}

/** The bytes of a program's hex digits. */
export function hexToBytes(value: unknown, length: number): Uint8Array {
  return fromHex(hexOf(value, length));
}

/** A program's hex digits of exactly `length` bytes. */
export function hexFromBytes(value: unknown, length: number): string {
  const bytes = asBytes(value);
  return bytes.length === length ? toHex(bytes) : malformed(`must have ${length} bytes`);
}
