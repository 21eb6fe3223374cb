import { BytesError } from "./errors.ts";

const digits = "0123456789abcdef";
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => digitOf(byte >> 4) + digitOf(byte & 15));

/** Lower-case hexadecimal digits, two for each byte. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += pairs[byte];
  return text;
}

/**
 * The bytes that pairs of hexadecimal digits stand for, in either case.
 *
 * Throws BytesError "hex-malformed" on an odd number of digits or any other character.
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new BytesError("hex-malformed", "Hexadecimal digits come in pairs.", text.length);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (nibble(text, 2 * i) << 4) | nibble(text, 2 * i + 1);
  return bytes;
}

function nibble(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  if (letter >= 97 && letter <= 102) return letter - 87;
  throw new BytesError("hex-malformed", "A character is not a hexadecimal digit.", index);
}

function digitOf(value: number): string {
  return digits.charAt(value);
}
