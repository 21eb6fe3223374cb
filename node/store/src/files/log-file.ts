import { crc32c, maskCrc } from "./crc32c.ts";

/**
 * What a log file of LevelDB (a write-ahead log or a MANIFEST) holds: its whole records, and how it ends.
 *
 * `damage` names bytes whose checksum or framing is wrong although a later record follows: they were once durable.
 * `torn` is where the last record breaks off; a crash in the middle of a write leaves just that, and so does a loss of
 * the file's end, which only the contents can tell apart. It `isCut` where the file ends too early, and not where bytes
 * are there and wrong.
 */
export type LogFile = {
  readonly records: readonly Uint8Array[];
  readonly damage: readonly LogDamage[];
  readonly torn: (LogDamage & { readonly isCut: boolean }) | undefined;
};

/** Where in a log file something is wrong, and what. */
export type LogDamage = { readonly offset: number; readonly what: string };

/**
 * Reads a log file by its fragments: blocks of 32 KiB, in each a masked CRC-32C, a length and a type before the bytes.
 * LevelDB's own reader skips what is damaged without a word. Format: LevelDB doc/log_format.md.
 */
export function readLogFile(bytes: Uint8Array): LogFile {
  const reader = new FragmentReader(bytes);
  for (let at = 0; at < bytes.length; at = reader.step(at));
  return reader.finish();
}

const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;
const FRAGMENT = { zero: 0, full: 1, first: 2, middle: 3, last: 4 } as const;

class FragmentReader {
  readonly #bytes: Uint8Array;
  readonly #records: Uint8Array[] = [];
  readonly #damage: LogDamage[] = [];
  /** Damage that is only a torn end unless a new record follows it. */
  readonly #suspected: (LogDamage & { isCut: boolean })[] = [];
  #parts: Uint8Array[] = [];
  #open = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Reads the fragment at an offset and gives the offset of the next. */
  step(at: number): number {
    const blockEnd = Math.min(this.#bytes.length, (Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES);
    const room = blockEnd - at;
    if (room < HEADER_BYTES) return this.#trailer(at, blockEnd);
    const length = this.#number(at + 4, 2);
    const type = this.#number(at + 6, 1);
    const end = at + HEADER_BYTES + length;
    if (type === FRAGMENT.zero && this.#isZero(at, blockEnd)) return this.#suspect(at, "zeros", blockEnd, true);
    if (end > blockEnd) {
      const isCut = blockEnd === this.#bytes.length;
      return this.#suspect(at, "a record that runs over its block", blockEnd, isCut);
    }
    if (!this.#isWhole(at, end)) {
      // The length may be what is wrong. Only where a whole record follows is it believed; LevelDB gives up the block.
      const next = this.#isFragmentAt(end, blockEnd) ? end : blockEnd;
      return this.#suspect(at, "a record with a wrong checksum", next);
    }
    this.#fragment(at, type, this.#bytes.subarray(at + HEADER_BYTES, end));
    return end;
  }

  finish(): LogFile {
    if (this.#open) this.#suspect(this.#bytes.length, "a record without its end", 0, true);
    return { records: this.#records, damage: this.#damage, torn: this.#suspected[0] };
  }

  #isFragmentAt(at: number, blockEnd: number): boolean {
    if (blockEnd - at < HEADER_BYTES) return false;
    const end = at + HEADER_BYTES + this.#number(at + 4, 2);
    return end <= blockEnd && this.#isWhole(at, end);
  }

  // The checksum covers the type and the bytes.
  #isWhole(at: number, end: number): boolean {
    return maskCrc(crc32c(this.#bytes, at + 6, end)) === this.#number(at, 4);
  }

  #fragment(at: number, type: number, part: Uint8Array): void {
    const starts = type === FRAGMENT.full || type === FRAGMENT.first;
    if (starts) this.#begin(at);
    else if (!this.#open) return void this.#suspect(at, "the end of a record without its beginning", 0);
    this.#parts.push(part);
    if (type === FRAGMENT.full || type === FRAGMENT.last) this.#complete();
  }

  // Every write is durable before the next begins: what is wrong before a new record was whole once.
  #begin(at: number): void {
    if (this.#open) this.#suspect(at, "a record without its end", 0);
    this.#damage.push(...this.#suspected.splice(0).map(({ offset, what }) => ({ offset, what })));
    this.#parts = [];
    this.#open = true;
  }

  #complete(): void {
    const [only] = this.#parts;
    this.#records.push(this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts));
    this.#open = false;
  }

  #suspect(offset: number, what: string, next: number, isCut = false): number {
    this.#suspected.push({ offset, what, isCut });
    this.#open = false;
    return next;
  }

  // Fewer bytes than a header at the end of a block are padding that nothing reads.
  #trailer(at: number, blockEnd: number): number {
    if (blockEnd % BLOCK_BYTES !== 0) return this.#suspect(at, "half a header", blockEnd, true);
    return blockEnd;
  }

  #isZero(start: number, end: number): boolean {
    return this.#bytes.subarray(start, end).every((byte) => byte === 0);
  }

  #number(start: number, count: number): number {
    let value = 0;
    for (let i = count - 1; i >= 0; i--) value = value * 256 + (this.#bytes[start + i] ?? 0);
    return value;
  }
}
