import { mkdirSync } from "node:fs";
import type { HistoryLog, StateTree } from "@acta/merkle";
import { attempt } from "./attempt.ts";
import { Journal } from "./journal.ts";
import { type MergeThread, startMerge } from "./merge-thread.ts";
import { writeLogHashes, writePairsFile } from "./pairs-file.ts";
import { journalNumbers, quickPaths, removeJournalsBefore } from "./quick-folder.ts";
import { encodeBlock, encodeJournalHead, PAIR_BYTES, type QuickBlock } from "./quick-format.ts";
import type { QuickEnd } from "./read-quick.ts";

/**
 * Writes copies of what a start needs, outside the database: all pairs of H(key) and H(value) in the order of the keys'
 * hashes, the history log's leaf hashes, and a journal of what each block since changed of them. Without them a start has
 * to read every value of the database.
 *
 * A cache: never waited for, never synced, never believed. Whatever goes wrong with its files is no error: they are then
 * written no more, or do not lead to the newest block, and the next start reads the database and writes them anew.
 */
export class QuickFiles {
  readonly #folder: string;
  #open: OpenJournal | undefined;
  /** Bytes of the journals before the open one that are not merged yet. */
  #earlierBytes = 0;
  readonly #leastBytes: number;
  #mostBytes: number;
  #isMerging = false;
  #thread: MergeThread | undefined;

  /** `leastBytes` of journals are merged at the earliest. */
  constructor(folder: string, leastBytes = 4 << 20) {
    this.#folder = folder;
    this.#leastBytes = leastBytes;
    this.#mostBytes = leastBytes;
  }

  /** Goes on where files end that led to the newest block. */
  resume({ ledgerId, journal, missing, count }: QuickEnd): void {
    const file = attempt(() => Journal.open(quickPaths(this.#folder).journal(journal.number), { end: journal.bytes }));
    if (file === undefined) return;
    this.#open = { file, number: journal.number, ledgerId };
    this.#earlierBytes = journal.earlierBytes;
    this.#mostBytes = this.#bytesToMerge(count);
    for (const block of missing) this.append(block);
  }

  /** Writes all files anew, which takes about 1 µs for each key, and goes on behind them. */
  rewrite(ledgerId: Uint8Array, height: number, tree: StateTree, log: HistoryLog): void {
    attempt(() => {
      mkdirSync(this.#folder, { recursive: true });
      const journal = Math.max(0, ...journalNumbers(this.#folder)) + 1;
      writeLogHashes(this.#folder, 0, log.leafHashes());
      const count = writePairsFile(this.#folder, { ledgerId, height, journal }, (put) => putAll(tree, put));
      this.#begin(journal, ledgerId);
      this.#mostBytes = this.#bytesToMerge(count);
      removeJournalsBefore(this.#folder, journal);
    });
  }

  /** Takes note of a block that is durable: one write, off the main thread. */
  append(block: QuickBlock): void {
    if (this.#open === undefined) return;
    this.#open.file.append(encodeBlock(block));
    const bytes = this.#earlierBytes + this.#open.file.bytes;
    if (bytes > this.#mostBytes && !this.#isMerging) void this.#merge(this.#open, bytes);
  }

  /** Writes what waits and closes. A merge that is under way breaks off. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await this.#thread?.stop();
    await open?.file.close();
  }

  /** A fourth of the pairs' bytes: then a merge writes five bytes for each byte of the journal. */
  #bytesToMerge(count: number): number {
    return Math.max(this.#leastBytes, (PAIR_BYTES * count) / 4);
  }

  #begin(number: number, ledgerId: Uint8Array): OpenJournal {
    const head = encodeJournalHead(ledgerId, number);
    this.#open = { file: Journal.open(quickPaths(this.#folder).journal(number), { head }), number, ledgerId };
    return this.#open;
  }

  /** Turns to a new journal and lets a thread put those before it into the file of all pairs. */
  async #merge({ file, number, ledgerId }: OpenJournal, bytes: number): Promise<void> {
    // Unless it succeeds the next attempt comes late.
    this.#mostBytes = 2 * bytes;
    if (attempt(() => this.#begin(number + 1, ledgerId)) === undefined) return;
    this.#isMerging = true;
    this.#earlierBytes = bytes;
    const isWhole = await file.close();
    // What a new journal says behind a gap nobody could use.
    if (!isWhole) return this.close();
    if (this.#open !== undefined) this.#thread = startMerge(this.#folder, number);
    const count = await this.#thread?.count;
    this.#thread = undefined;
    this.#isMerging = false;
    if (count === undefined) return;
    this.#earlierBytes = 0;
    this.#mostBytes = this.#bytesToMerge(count);
  }
}

/** All pairs of a tree, put in pieces. */
function putAll(tree: StateTree, put: (pairs: Uint8Array) => void): void {
  const piece = Buffer.allocUnsafe(PAIR_BYTES * PAIRS_AT_ONCE);
  let used = 0;
  for (const [keyHash, valueHash] of tree.pairs()) {
    piece.set(keyHash, used);
    piece.set(valueHash, used + PAIR_BYTES / 2);
    used += PAIR_BYTES;
    if (used < piece.length) continue;
    put(piece);
    used = 0;
  }
  put(piece.subarray(0, used));
}

const PAIRS_AT_ONCE = 1 << 14;

type OpenJournal = { readonly file: Journal; readonly number: number; readonly ledgerId: Uint8Array };
