import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  decodeBlock,
  decodePairsHead,
  HASH_BYTES,
  HEAD_BYTES,
  isJournalOf,
  PAIR_BYTES,
  type PairsHead,
  type QuickBlock,
} from "./quick-format.ts";

/** Where the files lie in the folder. */
export const quickPaths = (folder: string) => ({
  pairs: join(folder, "pairs"),
  log: join(folder, "log"),
  journal: (number: number) => join(folder, `journal-${number}`),
});

/** The blocks of journals that follow one another, up to the first that does not or is not whole. */
export type JournalBlocks = { readonly blocks: readonly QuickBlock[]; readonly end: JournalEnd | undefined };

/** The last journal that was read, where its whole records end, and the bytes of those before it. */
export type JournalEnd = { readonly number: number; readonly bytes: number; readonly earlierBytes: number };

/** The head of the file of all pairs; undefined where there is none, or none of a size that suits. */
export function readPairsHead(folder: string): PairsHead | undefined {
  const path = quickPaths(folder).pairs;
  if (!existsSync(path)) return undefined;
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const head = readSync(file, bytes, 0, HEAD_BYTES, 0) === HEAD_BYTES ? decodePairsHead(bytes) : undefined;
    return head !== undefined && fstatSync(file).size === HEAD_BYTES + PAIR_BYTES * head.count ? head : undefined;
  } finally {
    closeSync(file);
  }
}

/** Goes through all pairs in large pieces, each valid until the next. */
export function* readPairs(folder: string, { count }: PairsHead): Generator<Buffer> {
  const file = openSync(quickPaths(folder).pairs, "r");
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    const end = HEAD_BYTES + PAIR_BYTES * count;
    for (let at = HEAD_BYTES; at < end; at += PIECE_BYTES) {
      const length = readSync(file, piece, 0, Math.min(PIECE_BYTES, end - at), at);
      yield piece.subarray(0, length - (length % PAIR_BYTES));
    }
  } finally {
    closeSync(file);
  }
}

const PIECE_BYTES = 1 << 20;

/** Reads the journals that follow the file of all pairs, from the head's on to the last, or to `through`. */
export function readJournals(folder: string, head: PairsHead, through = Number.POSITIVE_INFINITY): JournalBlocks {
  const blocks: QuickBlock[] = [];
  let end: JournalEnd | undefined;
  for (let number = head.journal; number <= through; number++) {
    const path = quickPaths(folder).journal(number);
    const bytes = existsSync(path) ? readFileSync(path) : undefined;
    if (bytes === undefined || !isJournalOf(bytes, head.ledgerId, number)) break;
    const earlierBytes = end === undefined ? 0 : end.earlierBytes + end.bytes;
    end = { number, bytes: readBlocks(bytes, head.height, blocks), earlierBytes };
  }
  return { blocks, end };
}

/** Adds a journal's blocks as far as each follows the one before, and gives the offset behind them. */
function readBlocks(bytes: Buffer, height: number, blocks: QuickBlock[]): number {
  let at = HEAD_BYTES;
  for (;;) {
    const record = decodeBlock(bytes, at);
    if (record === undefined || record.block.height !== (blocks.at(-1)?.height ?? height) + 1) return at;
    blocks.push(record.block);
    at = record.next;
  }
}

/** The first leaf hashes of the history log, as many as asked for; undefined where there are fewer. */
export function readLogHashes(folder: string, count: number): Buffer | undefined {
  const path = quickPaths(folder).log;
  if (count === 0) return Buffer.alloc(0);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  return bytes.length < HASH_BYTES * count ? undefined : bytes.subarray(0, HASH_BYTES * count);
}

/** Numbers of the journals that lie in the folder. */
export function journalNumbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^journal-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
}

/** Removes journals whose blocks are in the file of all pairs. */
export function removeJournalsBefore(folder: string, journal: number): void {
  for (const number of journalNumbers(folder)) {
    if (number < journal) rmSync(quickPaths(folder).journal(number), { force: true });
  }
}
