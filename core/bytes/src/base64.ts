import { BytesError } from "./errors.ts";

const common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const standard = alphabet(`${common}+/`);
const urlSafe = alphabet(`${common}-_`);

/** Base64 with padding (RFC 4648, 4). */
export function toBase64(bytes: Uint8Array): string {
  const text = write(bytes, standard);
  return text.padEnd(Math.ceil(bytes.length / 3) * 4, "=");
}

/** Base64 for addresses and file names, without padding (RFC 4648, 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return write(bytes, urlSafe);
}

/**
 * The bytes of padded Base64, of which each string of bytes has exactly one text.
 *
 * Throws BytesError "base64-malformed" on another character, missing or surplus padding, or bits set beyond the end.
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw malformed("Base64 comes in groups of four characters", text.length);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return read(text, text.length - padding, standard);
}

/** The bytes of Base64url without padding, as strict as `fromBase64`. Throws BytesError "base64-malformed". */
export function fromBase64Url(text: string): Uint8Array {
  return read(text, text.length, urlSafe);
}

type Alphabet = { readonly characters: string; readonly values: Int8Array };

function alphabet(characters: string): Alphabet {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) values[characters.charCodeAt(i)] = i;
  return { characters, values };
}

function write(bytes: Uint8Array, { characters }: Alphabet): string {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffff;
    count += 8;
    for (; count >= 6; count -= 6) text += characters.charAt((bits >> (count - 6)) & 63);
  }
  return count === 0 ? text : text + characters.charAt((bits << (6 - count)) & 63);
}

function read(text: string, length: number, { values }: Alphabet): Uint8Array {
  if (length % 4 === 1) throw malformed("A last single character of Base64 holds no byte", length);
  const bytes = new Uint8Array(Math.floor((length * 6) / 8));
  let bits = 0;
  let count = 0;
  let next = 0;
  for (let i = 0; i < length; i++) {
    const value = values[text.charCodeAt(i)] ?? -1;
    if (value < 0) throw malformed("A character does not belong to Base64", i);
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[next++] = bits >> count;
  }
  if ((bits & ((1 << count) - 1)) !== 0) throw malformed("Bits are set beyond the last byte of Base64", length);
  return bytes;
}

function malformed(sentence: string, offset: number): BytesError {
  return new BytesError("base64-malformed", `${sentence}.`, offset);
}
