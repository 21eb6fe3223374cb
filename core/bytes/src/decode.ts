import { deepestNesting } from "./encode.ts";
import { BytesError, type BytesErrorCode } from "./errors.ts";
import { utf8Read } from "./utf8.ts";
import { type CborKey, type CborMap, type CborTransaction, type CborValue, Envelope98 } from "./value.ts";

/**
 * The value of canonical bytes, in one pass: whatever would come out differently when encoded again is refused
 * (RFC 8949, 4.2.1; FORMATS 1).
 *
 * Integers are numbers where safe, bigints beyond. Byte strings are parts of the input's memory: nobody may
 * write into either, and what is kept for long is copied. Throws BytesError with code and offset.
 */
export function decode(bytes: Uint8Array): CborValue {
  begin(bytes);
  return finish(readValue(0));
}

/**
 * The outermost array of a transaction, the one place where tag 98 is allowed: its element 0 must be an envelope
 * (FORMATS 1 and 3). As strict as `decode`; throws BytesError, "cbor-envelope" where the envelope is missing.
 */
export function decodeTransaction(bytes: Uint8Array): CborTransaction {
  begin(bytes);
  const head = readByte();
  if (head >> 5 !== 4) throw refusal("cbor-envelope", "A transaction is an array", 0);
  const count = readCount(head, 1);
  if (count === 0 || input[position] !== 0xd8 || input[position + 1] !== 98) {
    throw refusal("cbor-envelope", "A transaction's first element is an envelope with tag 98", position);
  }
  position += 2;
  const envelope = new Envelope98(readValue(1));
  const rest: CborValue[] = [];
  for (let i = 1; i < count; i++) rest.push(readValue(1));
  return finish([envelope, ...rest]);
}

// One decoding at a time: it is synchronous and never calls itself. Module variables are quicker than a reader object.
const nothing = new Uint8Array(0);
let input: Uint8Array = nothing;
let position = 0;

function begin(bytes: Uint8Array): void {
  // The parts of a Buffer would be Buffers.
  input = bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  position = 0;
}

function finish<T>(value: T): T {
  if (position !== input.length) throw refusal("cbor-trailing", "Bytes follow the value", position);
  input = nothing;
  return value;
}

function refusal(code: BytesErrorCode, sentence: string, offset: number): BytesError {
  return new BytesError(code, `${sentence}.`, offset);
}

function truncated(): BytesError {
  return refusal("cbor-truncated", "The bytes end inside a value", input.length);
}

function readByte(): number {
  if (position >= input.length) throw truncated();
  return input[position++] as number; // checked above
}

function readValue(depth: number): CborValue {
  const head = readByte();
  switch (head >> 5) {
    case 0:
      return readInteger(head, false);
    case 1:
      return readInteger(head, true);
    case 2:
      return readBytes(head);
    case 3:
      return readText(head);
    case 4:
      return readArray(head, depth + 1);
    case 5:
      return readMap(head, depth + 1);
    case 6:
      return readBignum(head);
    default:
      return readSimple(head);
  }
}

/** The argument of a head, in its shortest form; -1 where it is 2^53 or more (`wideArgument` reads it again). */
function readArgument(head: number): number {
  const information = head & 31;
  if (information < 24) return information;
  if (information > 27) throw badInformation(information);
  const size = 1 << (information - 24);
  if (input.length - position < size) throw truncated();
  let argument = 0;
  for (let i = 0; i < size; i++) argument = argument * 256 + (input[position + i] as number); // within, checked above
  const least = size === 1 ? 24 : size === 2 ? 0x100 : size === 4 ? 0x10000 : 0x100000000;
  if (argument < least) throw refusal("cbor-not-shortest", "A number or length has a shorter form", position - 1);
  position += size;
  return argument <= Number.MAX_SAFE_INTEGER ? argument : -1;
}

function badInformation(information: number): BytesError {
  return information === 31
    ? refusal("cbor-indefinite", "An indefinite length or a break is not canonical", position - 1)
    : refusal("cbor-reserved", "The first byte of a value is reserved", position - 1);
}

/** The eight bytes just read, as a bigint. */
function wideArgument(): bigint {
  return new DataView(input.buffer, input.byteOffset + position - 8, 8).getBigUint64(0);
}

function readInteger(head: number, isNegative: boolean): number | bigint {
  const argument = readArgument(head);
  if (!isNegative) return argument >= 0 ? argument : wideArgument();
  // -2^53 is not a safe integer although its argument is.
  if (argument >= 0 && argument < Number.MAX_SAFE_INTEGER) return -1 - argument;
  return -1n - wideArgument();
}

/** A length or count, at most what the rest of the input can hold: refuses before anything is allocated. */
function readCount(head: number, leastBytesEach: number): number {
  const count = readArgument(head);
  if (count < 0 || count * leastBytesEach > input.length - position) throw truncated();
  return count;
}

function readBytes(head: number): Uint8Array {
  const length = readCount(head, 1);
  const start = position;
  position += length;
  return input.subarray(start, position);
}

function readText(head: number): string {
  const length = readCount(head, 1);
  const start = position;
  position += length;
  return utf8Read(input, start, position);
}

function enter(depth: number): void {
  if (depth <= deepestNesting) return;
  throw refusal("cbor-nesting", `Arrays and maps are nested more than ${deepestNesting} deep`, position - 1);
}

function readArray(head: number, depth: number): CborValue[] {
  enter(depth);
  const count = readCount(head, 1);
  if (count > mostAtOnce) return readLongArray(count, depth);
  // At its size from the beginning, short ones take a third of the memory.
  const values = new Array<CborValue>(count);
  for (let i = 0; i < count; i++) values[i] = readValue(depth);
  return values;
}

// A count is only a claim: many long arrays, one inside the other, must not take memory for elements that do not come.
const mostAtOnce = 64;

function readLongArray(count: number, depth: number): CborValue[] {
  const values: CborValue[] = [];
  for (let i = 0; i < count; i++) values.push(readValue(depth));
  return values;
}

function readMap(head: number, depth: number): CborMap {
  enter(depth);
  const count = readCount(head, 2);
  const entries = new Map<CborKey, CborValue>();
  let previousStart = -1;
  let previousEnd = -1;
  for (let i = 0; i < count; i++) {
    const start = position;
    const key = readKey();
    if (i > 0 && !isAscending(previousStart, previousEnd, start, position)) {
      throw refusal("cbor-key-order", "A map's keys are not in ascending order, each once", start);
    }
    previousStart = start;
    previousEnd = position;
    entries.set(key, readValue(depth));
  }
  return entries;
}

function readKey(): CborKey {
  const head = readByte();
  const major = head >> 5;
  if (major === 3) return readText(head);
  if (major <= 1) return readInteger(head, major === 1);
  throw refusal("cbor-key-type", "A map's key is neither text nor an integer of 64 bits", position - 1);
}

/** Whether the first encoded key stands before the second, byte by byte. No encoding is a prefix of another. */
function isAscending(start: number, end: number, nextStart: number, nextEnd: number): boolean {
  const length = Math.min(end - start, nextEnd - nextStart);
  for (let i = 0; i < length; i++) {
    const difference = (input[nextStart + i] as number) - (input[start + i] as number); // within both keys
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Tags 2 and 3, only for integers of more than 64 and at most 256 bits; every other tag is refused. */
function readBignum(head: number): bigint {
  const offset = position - 1;
  if (head !== 0xc2 && head !== 0xc3) throw refusal("cbor-tag", "A tag stands where none is allowed", offset);
  const next = readByte();
  if (next >> 5 !== 2) throw refusal("cbor-bignum", "A long integer is not made of bytes", offset);
  const length = readCount(next, 1);
  if (length < 9 || length > 32 || input[position] === 0) {
    throw refusal("cbor-bignum", "A long integer has a shorter form, or more than 256 bits", offset);
  }
  let argument = 0n;
  for (let i = 0; i < length; i++) argument = (argument << 8n) | BigInt(input[position++] as number); // within
  return head === 0xc2 ? argument : -1n - argument;
}

function readSimple(head: number): boolean | null {
  if (head === 0xf4) return false;
  if (head === 0xf5) return true;
  if (head === 0xf6) return null;
  const information = head & 31;
  if (information >= 28) throw badInformation(information);
  const isFloat = information >= 25;
  throw isFloat
    ? refusal("cbor-float", "Floating-point numbers have no place in the ledger", position - 1)
    : refusal("cbor-simple", "Of the simple values only false, true and null are allowed", position - 1);
}
