import { fromHex, toHex } from "@acta/bytes";
import { malformed } from "../error.ts";
import { asBytes } from "./members.ts";

/** Lower-case hex digits of exactly `length` bytes, which is how programs hold what identifies. */
export function hexOf(value: unknown, length: number): string {
  if (typeof value !== "string" || value.length !== length * 2 || !/^[0-9a-f]*$/.test(value)) {
    return malformed(`must be ${length * 2} lower-case hex digits`);
  }
  return value;
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
