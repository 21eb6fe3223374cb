import { BytesError } from "./errors.ts";

/** Whether the text holds no lone surrogate, so that it has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

/** The text's UTF-8 bytes. Throws BytesError "utf8-lone-surrogate" with the offset in UTF-16 units. */
export function utf8Encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, utf8Write(text, bytes, 0));
}

/**
 * The text of strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF, nothing cut short. A
 * byte order mark is a character like any other.
 *
 * Throws BytesError "utf8-malformed" with the offset of the first byte that does not fit.
 */
export function utf8Decode(bytes: Uint8Array): string {
  return utf8Read(bytes, 0, bytes.length);
}

/**
 * Writes the text's UTF-8 at `position` and returns the position behind it. The target must have room for three bytes
 * for each UTF-16 unit.
 */
export function utf8Write(text: string, target: Uint8Array, position: number): number {
  let next = position;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      target[next++] = unit;
    } else if (unit < 0x800) {
      target[next++] = 0xc0 | (unit >> 6);
      target[next++] = 0x80 | (unit & 63);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      target[next++] = 0xe0 | (unit >> 12);
      target[next++] = 0x80 | ((unit >> 6) & 63);
      target[next++] = 0x80 | (unit & 63);
    } else {
      const point = surrogatePair(text, i++);
      target[next++] = 0xf0 | (point >> 18);
      target[next++] = 0x80 | ((point >> 12) & 63);
      target[next++] = 0x80 | ((point >> 6) & 63);
      target[next++] = 0x80 | (point & 63);
    }
  }
  return next;
}

function surrogatePair(text: string, index: number): number {
  const high = text.charCodeAt(index);
  const low = index + 1 < text.length ? text.charCodeAt(index + 1) : 0;
  if (high > 0xdbff || low < 0xdc00 || low > 0xdfff) {
    throw new BytesError("utf8-lone-surrogate", "The text holds half of a character (a lone surrogate).", index);
  }
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

// Below this, joining one character after another is quicker than a call with many arguments.
const shortText = 24;
// Far below the number of arguments that engines allow.
const chunkUnits = 4096;

/** The text of the bytes from `start` to `end`, strict as `utf8Decode`; offsets count from the array's beginning. */
export function utf8Read(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= shortText) {
    let text = "";
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number; // i < end <= length
      if (byte >= 0x80) return text + readUnits(bytes, i, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return readUnits(bytes, start, end);
}

function readUnits(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  let units: number[] = [];
  let i = start;
  while (i < end) {
    const lead = bytes[i] as number; // i < end <= length
    if (lead < 0x80) {
      units.push(lead);
      i++;
    } else {
      const size = sequenceSize(bytes, i, end);
      pushPoint(units, pointAt(bytes, i, size));
      i += size;
    }
    if (units.length >= chunkUnits) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** The size of a sequence of two to four bytes, after checking all of it against table 3-7 of the Unicode Standard. */
function sequenceSize(bytes: Uint8Array, offset: number, end: number): number {
  const lead = bytes[offset] as number; // the caller has read it
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0) throw malformed(offset);
  // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < size; i++) {
    const byte = offset + i < end ? (bytes[offset + i] as number) : 0;
    if (byte < (i === 1 ? lowest : 0x80) || byte > (i === 1 ? highest : 0xbf)) throw malformed(offset + i);
  }
  return size;
}

function pointAt(bytes: Uint8Array, offset: number, size: number): number {
  let point = (bytes[offset] as number) & (0x7f >> size); // a lead byte has `size` ones and a zero
  for (let i = 1; i < size; i++) point = (point << 6) | ((bytes[offset + i] as number) & 63);
  return point;
}

function pushPoint(units: number[], point: number): void {
  if (point < 0x10000) {
    units.push(point);
    return;
  }
  units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
}

function malformed(offset: number): BytesError {
  return new BytesError("utf8-malformed", "The bytes are not well-formed UTF-8.", offset);
}
