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
 * An `Envelope98` is encoded only as element 0 of the outermost array. Throws BytesError: "cbor-unencodable" for
 * anything else that has no encoding (an unsafe number, an integer beyond 256 bits), "cbor-duplicate-key",
 * "cbor-key-type", "cbor-nesting", "utf8-lone-surrogate".
 */
export function encode(value: CborValue | CborTransaction): Uint8Array {
  end = 0;
  if (isTransaction(value)) writeTransaction(value);
  else writeValue(value, 0);
  const bytes = buffer.slice(0, end);
  if (buffer.length > keptBuffer) buffer = new Uint8Array(firstBuffer);
  return bytes;
}

// One buffer serves all calls: encoding is synchronous and never calls itself. Given back once it has grown large.
const firstBuffer = 4096;
const keptBuffer = 4 << 20;
let buffer = new Uint8Array(firstBuffer);
let end = 0;

function reserve(count: number): void {
  if (end + count <= buffer.length) return;
  const larger = new Uint8Array(Math.max(buffer.length * 2, end + count));
  larger.set(buffer.subarray(0, end));
  buffer = larger;
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
  const start = end;
  reserve(9 + 3 * text.length);
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

/** Where one entry of a map lies in the buffer. */
type Entry = { readonly start: number; readonly keyEnd: number; readonly end: number };

function writeMap(entries: CborMap, depth: number): void {
  enter(depth);
  writeHead(5, entries.size);
  const start = end;
  const written: Entry[] = [];
  let isSorted = true;
  for (const [key, value] of entries) {
    const entryStart = end;
    writeKey(key);
    const keyEnd = end;
    writeValue(value, depth);
    const entry = { start: entryStart, keyEnd, end };
    const last = written.at(-1);
    if (last !== undefined && compareKeys(last, entry) >= 0) isSorted = false;
    written.push(entry);
  }
  if (!isSorted) sortEntries(start, written);
}

function writeKey(key: CborKey): void {
  if (typeof key === "string") writeText(key);
  else if (typeof key === "number") writeNumber(key);
  else if (typeof key === "bigint" && key >= -(1n << 64n) && key < 1n << 64n) writeBigint(key);
  else throw new BytesError("cbor-key-type", `The key ${String(key)} is neither text nor an integer of 64 bits.`);
}

/** Puts entries that were written in another order into the order of their keys' bytes. */
function sortEntries(start: number, written: Entry[]): void {
  written.sort(compareKeys);
  for (let i = 1; i < written.length; i++) {
    if (compareKeys(written[i - 1] as Entry, written[i] as Entry) === 0) {
      // both are within
      throw new BytesError("cbor-duplicate-key", "Two keys of one map have the same encoding.");
    }
  }
  const unsorted = buffer.slice(start, end);
  let position = start;
  for (const entry of written) {
    buffer.set(unsorted.subarray(entry.start - start, entry.end - start), position);
    position += entry.end - entry.start;
  }
}

function compareKeys(a: Entry, b: Entry): number {
  const length = Math.min(a.keyEnd - a.start, b.keyEnd - b.start);
  for (let i = 0; i < length; i++) {
    const difference = (buffer[a.start + i] as number) - (buffer[b.start + i] as number); // within what was written
    if (difference !== 0) return difference;
  }
  // No encoding is a prefix of another: equal up to the shorter means equal.
  return 0;
}
