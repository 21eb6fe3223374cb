import { newBytes } from "@acta/bytes";
import { LightClientError } from "./errors.ts";

/**
 * A protobuf message under construction. Fields are appended in the order of the calls; the caller keeps them in
 * ascending order, as CometBFT's generated code writes them.
 *
 * proto3: a scalar at zero and an empty byte string are left out; `message` always stands, also when empty.
 */
export interface MessageWriter {
  /** int32, int64, uint32, uint64 or an enum: wire type 0. A negative number takes ten bytes. */
  varint(field: number, value: number | bigint): MessageWriter;
  /** sfixed64: wire type 1, eight bytes little-endian. */
  sfixed64(field: number, value: number | bigint): MessageWriter;
  /** bytes, or text already encoded: wire type 2. */
  bytes(field: number, value: Uint8Array): MessageWriter;
  /** An embedded message, or one element of a repeated field: wire type 2, written even when empty. */
  message(field: number, value: Uint8Array): MessageWriter;
  /** The bytes so far; the last call, because they are not copied. */
  finish(): Uint8Array;
}

/** Starts an empty message. */
export function createMessage(): MessageWriter {
  return new GrowingMessage();
}

/** The message after its own length as a varint, the form that CometBFT signs. */
export function delimited(message: Uint8Array): Uint8Array {
  const writer = new GrowingMessage();
  writer.rawVarint(message.length);
  writer.raw(message);
  return writer.finish();
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const LONGEST_VARINT = 10;

class GrowingMessage implements MessageWriter {
  #buffer: Uint8Array = newBytes(192);
  #length = 0;

  varint(field: number, value: number | bigint): this {
    if (value === 0 || value === 0n) return this;
    this.rawVarint(field * 8 + VARINT);
    return this.rawVarint(value);
  }

  sfixed64(field: number, value: number | bigint): this {
    if (value === 0 || value === 0n) return this;
    this.rawVarint(field * 8 + FIXED64);
    this.#reserve(8);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (let index = 0; index < 8; index++, rest >>= 8n) this.#buffer[this.#length++] = Number(rest & 0xffn);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    return value.length === 0 ? this : this.message(field, value);
  }

  message(field: number, value: Uint8Array): this {
    this.rawVarint(field * 8 + LENGTH_DELIMITED);
    this.rawVarint(value.length);
    return this.raw(value);
  }

  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  rawVarint(value: number | bigint): this {
    this.#reserve(LONGEST_VARINT);
    if (typeof value === "bigint" || value < 0) return this.#longVarint(value);
    assertWhole(value);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#buffer[this.#length++] = (rest % 0x80) + 0x80;
    this.#buffer[this.#length++] = rest;
    return this;
  }

  #longVarint(value: number | bigint): this {
    if (typeof value === "number") assertWhole(value);
    // Two's complement in 64 bits: protobuf has no shorter form for a negative int64.
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest >= 0x80n; rest >>= 7n) this.#buffer[this.#length++] = Number(rest & 0x7fn) + 0x80;
    this.#buffer[this.#length++] = Number(rest);
    return this;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.length) return;
    const grown = newBytes(2 * needed);
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}

function assertWhole(value: number): void {
  if (Number.isSafeInteger(value)) return;
  throw new LightClientError("out-of-range", `${value} is no safe integer. Use a bigint for larger numbers.`);
}
