import { BytesError } from "./errors.ts";
import { newBytes } from "./memory.ts";

const digits = "0123456789abcdef";
const codes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));

// Characters of 64 bytes at once: joining pairs of digits into a text one by one takes three times as long.
const bytesAtOnce = 64;
const characters = new Uint8Array(2 * bytesAtOnce);

/** Lower-case hexadecimal digits, two for each byte. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= bytesAtOnce) return hexOfPart(bytes, 0, bytes.length);
  let text = "";
  for (let i = 0; i < bytes.length; i += bytesAtOnce)
    text += hexOfPart(bytes, i, Math.min(i + bytesAtOnce, bytes.length));
  return text;
}

function hexOfPart(bytes: Uint8Array, start: number, end: number): string {
  let next = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number; // within
    characters[next++] = codes[byte >> 4] as number; // below 16
    characters[next++] = codes[byte & 15] as number; // below 16
  }
  // `apply` takes whatever is like an array.
  return String.fromCharCode.apply(null, characters.subarray(0, next) as unknown as number[]);
}

/**
 * The bytes that pairs of hexadecimal digits stand for, in either case.
 *
 * Throws BytesError "hex-malformed" on an odd number of digits or any other character.
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new BytesError("hex-malformed", "Hexadecimal digits come in pairs.", text.length);
  const bytes = newBytes(text.length / 2);
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
