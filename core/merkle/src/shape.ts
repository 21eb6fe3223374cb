import { MerkleError } from "./errors.ts";

/** Bits to be written into bytes, most significant first, zero padding, no spare byte (FORMATS 1). */
export class BitWriter {
  readonly #bits: (0 | 1)[] = [];

  write(...bits: readonly (0 | 1)[]): void {
    for (const bit of bits) this.#bits.push(bit);
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    for (let i = 0; i < this.#bits.length; i++) {
      if (this.#bits[i] === 1) bytes[i >>> 3] = (bytes[i >>> 3] as number) | (0x80 >>> (i & 7)); // within
    }
    return bytes;
  }
}

/** Bits to be read from bytes. Throws MerkleError "proof-shape" where they end too early, "proof-leftover" too late. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): 0 | 1 {
    const byte = this.#bytes[this.#position >>> 3];
    if (byte === undefined) throw new MerkleError("proof-shape", "The shape ends before the tree it describes.");
    const bit = (byte >>> (7 - (this.#position & 7))) & 1;
    this.#position++;
    return bit === 1 ? 1 : 0;
  }

  /** Asserts that nothing but zero padding of less than a byte is left. */
  assertEnd(): void {
    const padding = 8 * this.#bytes.length - this.#position;
    const last = this.#bytes[this.#bytes.length - 1] ?? 0;
    if (padding < 8 && (last & ((1 << padding) - 1)) === 0) return;
    throw new MerkleError("proof-leftover", "The shape has bits beyond the tree it describes.");
  }
}
