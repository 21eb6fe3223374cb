import { crc32 } from "node:zlib";

/** Head of the file of all pairs. `journal` is the number of the first journal whose blocks are not in it. */
export type PairsHead = {
  readonly ledgerId: Uint8Array;
  /** The block after which the pairs were the state. */
  readonly height: number;
  readonly count: number;
  readonly journal: number;
};

/** What one block changed of what a start needs. */
export type QuickBlock = {
  readonly height: number;
  /** The leaf hash of its entry in the history log. */
  readonly logLeaf: Uint8Array;
  /** 64 bytes for each state key it wrote: hash of the key, and of the value or 32 zeros where it was removed. */
  readonly pairs: Uint8Array;
};

export const HEAD_BYTES = 64;
export const PAIR_BYTES = 64;
export const HASH_BYTES = 32;

const PAIRS_MARK = Buffer.from("acta/qp1", "latin1");
const JOURNAL_MARK = Buffer.from("acta/qj1", "latin1");
const MARK_BYTES = 8;
const NUMBERS = MARK_BYTES + HASH_BYTES;

/** Mark, ledger id, height, count and journal, 8 bytes each number. */
export function encodePairsHead({ ledgerId, height, count, journal }: PairsHead): Buffer {
  return head(PAIRS_MARK, ledgerId, [height, count, journal]);
}

/** Undefined where the bytes are no such head. */
export function decodePairsHead(bytes: Buffer): PairsHead | undefined {
  if (!hasMark(bytes, PAIRS_MARK)) return undefined;
  const [height, count, journal] = [0, 8, 16].map((at) => Number(bytes.readBigUInt64BE(NUMBERS + at)));
  return { ledgerId: ledgerIdIn(bytes), height: height ?? 0, count: count ?? 0, journal: journal ?? 0 };
}

/** Mark, ledger id, and the journal's number. */
export function encodeJournalHead(ledgerId: Uint8Array, journal: number): Buffer {
  return head(JOURNAL_MARK, ledgerId, [journal]);
}

/** Whether a journal's bytes begin as they should. */
export function isJournalOf(bytes: Buffer, ledgerId: Uint8Array, journal: number): boolean {
  return bytes.length >= HEAD_BYTES && bytes.subarray(0, HEAD_BYTES).equals(encodeJournalHead(ledgerId, journal));
}

/** The pairs of a block's writes: of the hashes of key and value, which is null where the key was removed. */
export function pairsOf(writes: readonly PairWrite[]): Uint8Array {
  const pairs = Buffer.alloc(PAIR_BYTES * writes.length);
  let at = 0;
  for (const { keyHash, valueHash } of writes) {
    pairs.set(keyHash, at);
    if (valueHash !== null) pairs.set(valueHash, at + HASH_BYTES);
    at += PAIR_BYTES;
  }
  return pairs;
}

type PairWrite = { readonly keyHash: Uint8Array; readonly valueHash: Uint8Array | null };

/** Count of pairs, CRC-32 of what follows it, height, leaf hash, pairs. */
export function encodeBlock({ height, logLeaf, pairs }: QuickBlock): Buffer {
  const record = Buffer.allocUnsafe(BLOCK_BYTES + pairs.length);
  record.writeUInt32BE(pairs.length / PAIR_BYTES, 0);
  record.writeBigUInt64BE(BigInt(height), 8);
  record.set(logLeaf, 16);
  record.set(pairs, BLOCK_BYTES);
  record.writeUInt32BE(crc32(record.subarray(8)), 4);
  return record;
}

/** The record at an offset and where the next begins; undefined where the bytes end, or are not what was written. */
export function decodeBlock(bytes: Buffer, at: number): { block: QuickBlock; next: number } | undefined {
  if (at + BLOCK_BYTES > bytes.length) return undefined;
  const next = at + BLOCK_BYTES + PAIR_BYTES * bytes.readUInt32BE(at);
  if (next > bytes.length || crc32(bytes.subarray(at + 8, next)) !== bytes.readUInt32BE(at + 4)) return undefined;
  const height = Number(bytes.readBigUInt64BE(at + 8));
  const logLeaf = bytes.subarray(at + 16, at + BLOCK_BYTES);
  return { block: { height, logLeaf, pairs: bytes.subarray(at + BLOCK_BYTES, next) }, next };
}

const BLOCK_BYTES = 16 + HASH_BYTES;

function head(mark: Buffer, ledgerId: Uint8Array, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  bytes.set(mark);
  bytes.set(ledgerId, MARK_BYTES);
  for (const [index, number] of numbers.entries()) bytes.writeBigUInt64BE(BigInt(number), NUMBERS + 8 * index);
  return bytes;
}

function hasMark(bytes: Buffer, mark: Buffer): boolean {
  return bytes.length === HEAD_BYTES && bytes.subarray(0, MARK_BYTES).equals(mark);
}

const ledgerIdIn = (bytes: Buffer): Uint8Array => bytes.subarray(MARK_BYTES, MARK_BYTES + HASH_BYTES);
