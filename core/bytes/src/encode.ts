import { BytesError } from "./errors.ts";
import { utf8Write } from "./utf8.ts";
import {
  type CborKey,
  type CborMap,
  type CborTransaction,
  type CborValue,
  Envelope98,
  isArray,
  isMap,
} from "./value.ts";

/** Deepest allowed nesting of arrays and maps; the outermost counts 1 (FORMATS 1). */
export const deepestNesting = 16;

/**
 * The one canonical encoding of a value (RFC 8949, 4.2.1; FORMATS 1). Maps are sorted by their keys' encodings.
 *
 * An `Envelope98` is encoded only as element 0 of the outermost array. Small encodings share a piece of memory: do not
 * transfer their `buffer`, and `slice()` what is kept for long. Throws BytesError: "cbor-unencodable" for anything else
 * that has no encoding (an unsafe number, an integer beyond 256 bits), "cbor-duplicate-key", "cbor-key-type",
 * "cbor-nesting", "utf8-lone-surrogate".
 */
export function encode(value: CborValue | CborTransaction): Uint8Array {
  buffer = piece;
  origin = used;
  end = origin;
  if (isTransaction(value)) writeTransaction(value);
  else writeValue(value, 0);
  if (buffer !== piece) return buffer.slice(origin, end);
  used = end;
  return piece.subarray(origin, end);
}

// Encoding is synchronous and never calls itself. Values are written one behind the other into a piece of memory and are
// handed out as parts of it; what would fill a good part of a piece is written into the scratch buffer and copied.
const pieceBytes = 16 * 1024;
const keptScratchBytes = 4 << 20;
let piece = new Uint8Array(pieceBytes);
let used = 0;
let scratch = new Uint8Array(2 * pieceBytes);
/** Where the value under way is being written: the piece or the scratch buffer. */
let buffer = piece;
/** Where it begins there: it may move, so that places inside it count from here. */
let origin = 0;
let end = 0;

function reserve(count: number): void {
  if (end + count > buffer.length) moveTo(roomFor(end - origin + count));
}

function roomFor(bytes: number): Uint8Array<ArrayBuffer> {
  if (bytes > pieceBytes / 2) return bytes <= scratch.length && buffer !== scratch ? scratch : largerScratch(bytes);
  piece = new Uint8Array(pieceBytes);
  return piece;
}

/** Given back once it has grown large. */
function largerScratch(bytes: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes);
  if (larger.length <= keptScratchBytes) scratch = larger;
  return larger;
}

function moveTo(target: Uint8Array<ArrayBuffer>): void {
  target.set(buffer.subarray(origin, end));
  end -= origin;
  origin = 0;
  buffer = target;
}

function isTransaction(value: CborValue | CborTransaction): value is CborTransaction {
  return Array.isArray(value) && value[0] instanceof Envelope98;
}

function writeTransaction([envelope, ...rest]: CborTransaction): void {
  writeHead(4, 1 + rest.length);
  writeHead(6, 98);
  writeValue(envelope.value, 1);
  for (const value of rest) writeValue(value, 1);
}

function writeValue(value: CborValue, depth: number): void {
  if (typeof value === "number") writeNumber(value);
  else if (typeof value === "string") writeText(value);
  else if (value instanceof Uint8Array) writeBytes(value);
  else if (isArray(value)) writeArray(value, depth + 1);
  else if (isMap(value)) writeMap(value, depth + 1);
  else if (typeof value === "bigint") writeBigint(value);
  else if (value === null) writeByte(0xf6);
  else if (typeof value === "boolean") writeByte(value ? 0xf5 : 0xf4);
  else throw unencodable(value);
}

function unencodable(value: never): BytesError {
  return new BytesError("cbor-unencodable", `A value of type ${typeof value} has no encoding here.`);
}

function writeByte(byte: number): void {
  reserve(1);
  buffer[end++] = byte;
}

/** The head of an item: major type, and the argument in its shortest form. */
function writeHead(major: number, argument: number): void {
  reserve(9);
  const type = major << 5;
  if (argument < 24) {
    buffer[end++] = type | argument;
  } else if (argument < 0x100) {
    buffer[end++] = type | 24;
    buffer[end++] = argument;
  } else if (argument < 0x10000) {
    buffer[end++] = type | 25;
    buffer[end++] = argument >> 8;
    buffer[end++] = argument;
  } else {
    writeWideHead(type, argument);
  }
}

function writeWideHead(type: number, argument: number): void {
  const high = Math.floor(argument / 0x100000000);
  buffer[end++] = type | (high === 0 ? 26 : 27);
  if (high !== 0) writeWord(high);
  writeWord(argument >>> 0);
}

function writeWord(word: number): void {
  buffer[end++] = word >>> 24;
  buffer[end++] = word >>> 16;
  buffer[end++] = word >>> 8;
  buffer[end++] = word;
}

function writeNumber(value: number): void {
  if (!Number.isSafeInteger(value)) {
    throw new BytesError("cbor-unencodable", `${value} is not a safe integer; use a bigint or text.`);
  }
  if (value >= 0) writeHead(0, value);
  else writeHead(1, -1 - value);
}

function writeBigint(value: bigint): void {
  const argument = value < 0n ? -1n - value : value;
  if (argument >> 64n === 0n) {
    writeWideInteger(value < 0n ? 1 : 0, argument);
    return;
  }
  if (argument >> 256n !== 0n) throw new BytesError("cbor-unencodable", "An integer is longer than 256 bits.");
  const digits = argument.toString(16);
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
  writeByte(value < 0n ? 0xc3 : 0xc2);
  writeHead(2, hex.length / 2);
  reserve(hex.length / 2);
  for (let i = 0; i < hex.length; i += 2) buffer[end++] = Number.parseInt(hex.slice(i, i + 2), 16);
}

function writeWideInteger(major: number, argument: bigint): void {
  if (argument <= 0xffffffffn) {
    writeHead(major, Number(argument));
    return;
  }
  reserve(9);
  buffer[end++] = (major << 5) | 27;
  writeWord(Number(argument >> 32n));
  writeWord(Number(argument & 0xffffffffn));
}

function writeBytes(bytes: Uint8Array): void {
  writeHead(2, bytes.length);
  reserve(bytes.length);
  buffer.set(bytes, end);
  end += bytes.length;
}

function writeText(text: string): void {
  // The head's size depends on the length in bytes, which is known only afterwards: guess, and move where it is wrong.
  reserve(9 + 3 * text.length);
  const start = end;
  const guess = headSize(text.length);
  const written = utf8Write(text, buffer, start + guess) - start - guess;
  const size = headSize(written);
  if (size !== guess) buffer.copyWithin(start + size, start + guess, start + guess + written);
  writeHead(3, written);
  end = start + size + written;
}

function headSize(argument: number): number {
  if (argument < 24) return 1;
  if (argument < 0x100) return 2;
  if (argument < 0x10000) return 3;
  return argument < 0x100000000 ? 5 : 9;
}

function enter(depth: number): void {
  if (depth > deepestNesting) {
    throw new BytesError("cbor-nesting", `Arrays and maps are nested more than ${deepestNesting} deep.`);
  }
}

function writeArray(values: readonly CborValue[], depth: number): void {
  enter(depth);
  writeHead(4, values.length);
  for (const value of values) writeValue(value, depth);
}

function writeMap(entries: CborMap, depth: number): void {
  enter(depth);
  writeHead(5, entries.size);
  const first = end - origin;
  let lastKey = first;
  let lastKeyEnd = first;
  for (const [key, value] of entries) {
    const keyStart = end - origin;
    writeKey(key);
    const keyEnd = end - origin;
    // An empty last key is that of the first entry.
    if (lastKey !== lastKeyEnd && compareKeys(lastKey, lastKeyEnd, keyStart, keyEnd) >= 0) {
      end = origin + first;
      writeUnsorted(entries, depth);
      return;
    }
    writeValue(value, depth);
    lastKey = keyStart;
    lastKeyEnd = keyEnd;
  }
}

/** Where one entry of a map lies, counted from the origin. */
type Entry = { readonly start: number; readonly keyEnd: number; readonly end: number };

/** Writes the entries of a map that come in another order than that of their keys' bytes, then puts them into it. */
function writeUnsorted(entries: CborMap, depth: number): void {
  const first = end - origin;
  const written: Entry[] = [];
  for (const [key, value] of entries) {
    const start = end - origin;
    writeKey(key);
    const keyEnd = end - origin;
    writeValue(value, depth);
    written.push({ start, keyEnd, end: end - origin });
  }
  written.sort(compareEntries);
  for (let i = 1; i < written.length; i++) {
    if (compareEntries(written[i - 1] as Entry, written[i] as Entry) === 0) {
      // both are within
      throw new BytesError("cbor-duplicate-key", "Two keys of one map have the same encoding.");
    }
  }
  const unsorted = buffer.slice(origin + first, end);
  let position = origin + first;
  for (const entry of written) {
    buffer.set(unsorted.subarray(entry.start - first, entry.end - first), position);
    position += entry.end - entry.start;
  }
}

function writeKey(key: CborKey): void {
  if (typeof key === "string") writeText(key);
  else if (typeof key === "number") writeNumber(key);
  else if (typeof key === "bigint" && key >= -(1n << 64n) && key < 1n << 64n) writeBigint(key);
  else throw new BytesError("cbor-key-type", `The key ${String(key)} is neither text nor an integer of 64 bits.`);
}

const compareEntries = (a: Entry, b: Entry): number => compareKeys(a.start, a.keyEnd, b.start, b.keyEnd);

/** The order of two keys by their bytes; places count from the origin. */
function compareKeys(a: number, aEnd: number, b: number, bEnd: number): number {
  const length = Math.min(aEnd - a, bEnd - b);
  for (let i = 0; i < length; i++) {
    const difference = (buffer[origin + a + i] as number) - (buffer[origin + b + i] as number); // within what was written
    if (difference !== 0) return difference;
  }
  // No encoding is a prefix of another: equal up to the shorter means equal.
  return 0;
}
