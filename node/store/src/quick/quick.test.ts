import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex, uint64 } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { HistoryLog, StateTree } from "@acta/merkle";
import { installNative } from "@acta/native";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mergeJournals } from "./merge-journals.ts";
import { PairMerge, sortPairs } from "./pair-merge.ts";
import { QuickFiles } from "./quick-files.ts";
import { quickPaths } from "./quick-folder.ts";
import { encodeJournalHead, type QuickBlock } from "./quick-format.ts";
import { type QuickContents, readQuick } from "./read-quick.ts";

installNative();

const hashOf = (number: number) => sha256(uint64(number));
const pair = (key: number, value: number | null) =>
  Buffer.concat([hashOf(key), value === null ? new Uint8Array(32) : hashOf(value)]);
const hex = (pairs: Uint8Array) =>
  Buffer.from(pairs)
    .toString("hex")
    .match(/.{128}/g) ?? [];

const write = fc.tuple(fc.nat(40), fc.option(fc.nat(9), { freq: 3 }));

test("merged pieces are what a map of all writes gives, in the order of the keys", () => {
  const base = fc.uniqueArray(fc.nat(40), { maxLength: 30 });
  fc.assert(
    fc.property(base, fc.array(write, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (keys, writes, size) => {
      const pairs = sortPairs(Buffer.concat(keys.map((key) => pair(key, 1000))));
      const changes = sortPairs(Buffer.concat(writes.map(([key, value]) => pair(key, value))));
      const merged: Buffer[] = [];
      const merge = new PairMerge(changes, (piece) => merged.push(Buffer.from(piece)));
      for (let at = 0; at < pairs.length; at += 64 * size) merge.add(pairs.subarray(at, at + 64 * size));
      merge.finish();
      const expected = new Map(keys.map((key): [number, number | null] => [key, 1000]));
      for (const [key, value] of writes) expected.set(key, value);
      const left = [...expected].filter(([, value]) => value !== null).map(([key, value]) => hex(pair(key, value)));
      expect(hex(Buffer.concat(merged))).toEqual(left.flat().sort());
    }),
    { seed: 7, numRuns: 300 },
  );
});

describe("the files", () => {
  const ledgerId = hashOf(1);
  let folder: string;
  let tree: StateTree;
  let log: HistoryLog;
  let files: QuickFiles;
  let blocks: QuickBlock[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "acta-quick-"));
    tree = StateTree.empty();
    log = HistoryLog.empty();
    files = new QuickFiles(folder);
    blocks = [];
    files.rewrite(ledgerId, 0, tree, log);
  });

  afterEach(async () => {
    await files.close();
    rmSync(folder, { recursive: true });
  });

  /** Adds a block that writes and removes some keys, to the tree and to the files. */
  function add(height: number): void {
    const writes = Array.from({ length: 9 }, (_, index): [number, number | null] => [
      (height * 5 + index) % 60,
      (height + index) % 4 === 0 ? null : height,
    ]);
    tree.update(writes.map(([key, value]) => [hashOf(key), value === null ? null : hashOf(value)]));
    tree.commit();
    log.appendHash(hashOf(height));
    const pairs = Buffer.concat(writes.map(([key, value]) => pair(key, value)));
    blocks.push({ height, logLeaf: hashOf(height), pairs });
    files.append({ height, logLeaf: hashOf(height), pairs });
  }

  function read(height: number, known: readonly QuickBlock[] = [], ledger = ledgerId): QuickContents | undefined {
    const later = new Map(known.map((block) => [block.height, block]));
    return readQuick(folder, { ledgerId: ledger, height, blocksAbove: () => later });
  }

  const isCurrent = (found: QuickContents | undefined) =>
    found !== undefined && toHex(found.tree.root) === toHex(tree.root) && toHex(found.log.root()) === toHex(log.root());

  const journal = (number = 1) => quickPaths(folder).journal(number);

  test("lead to the newest block's tree and log", async () => {
    for (let height = 1; height <= 20; height++) add(height);
    await files.close();
    expect(isCurrent(read(20))).toBe(true);
  });

  test("lead there when journals were merged behind the blocks", { timeout: 30_000 }, async () => {
    await files.close();
    files = new QuickFiles(folder, 2000);
    files.rewrite(ledgerId, 0, tree, log);
    const heightOfAll = () => readFileSync(quickPaths(folder).pairs).readBigUInt64BE(40);
    for (let height = 1; heightOfAll() < 10n; height++) {
      add(height);
      if (height % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await files.close();
    expect(isCurrent(read(log.size))).toBe(true);
  });

  test("a crash at any step of a merge leaves old or new files that lead there", async () => {
    for (let height = 1; height <= 10; height++) add(height);
    await files.close();
    const next = encodeJournalHead(ledgerId, 2);
    writeFileSync(journal(2), next);
    const [before, old] = [readFileSync(quickPaths(folder).pairs), readFileSync(journal())];
    const states = (): boolean => isCurrent(read(10));
    expect(states()).toBe(true);
    mergeJournals(folder, 1);
    expect(states()).toBe(true);
    // The new file is there, and the journal that is in it is not removed yet.
    writeFileSync(journal(), old);
    expect(states()).toBe(true);
    // The history log's leaf hashes are written, and the new file is not there yet.
    writeFileSync(`${quickPaths(folder).pairs}.new`, before.subarray(0, 100));
    writeFileSync(quickPaths(folder).pairs, before);
    expect(states()).toBe(true);
  });

  test("a torn or flipped end of the journal is caught up from the blocks of LevelDB's log, or leads nowhere", async () => {
    for (let height = 1; height <= 6; height++) add(height);
    await files.close();
    const whole = readFileSync(journal());
    for (let length = whole.length - 1; length > 64; length -= 97) {
      truncateSync(journal(), length);
      expect(read(6)).toBeUndefined();
      expect(isCurrent(read(6, blocks))).toBe(true);
      const flipped = Buffer.from(whole);
      flipped[length] = (flipped[length] ?? 0) ^ 1;
      writeFileSync(journal(), flipped);
      expect(read(6)).toBeUndefined();
      expect(isCurrent(read(6, blocks))).toBe(true);
      writeFileSync(journal(), whole);
    }
    appendFileSync(journal(), Buffer.alloc(1000));
    expect(isCurrent(read(6))).toBe(true);
  });

  test("of another ledger, of a later block, or with any byte changed, are not believed", async () => {
    for (let height = 1; height <= 3; height++) add(height);
    await files.close();
    expect(read(3, [], hashOf(2))).toBeUndefined();
    expect(read(2)).toBeUndefined();
    writeFileSync(journal(2), encodeJournalHead(ledgerId, 2));
    mergeJournals(folder, 1);
    for (const path of [quickPaths(folder).pairs, quickPaths(folder).log]) {
      const whole = readFileSync(path);
      for (let at = 0; at < whole.length; at += 13) {
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ 0x40;
        writeFileSync(path, flipped);
        expect(isCurrent(read(3)), `${path} ${at}`).toBe(false);
        truncateSync(path, at);
        expect(isCurrent(read(3)), `${path} cut to ${at}`).toBe(false);
      }
      writeFileSync(path, whole);
    }
    expect(isCurrent(read(3))).toBe(true);
  });

  test("that cannot be written are no error, and do not lead anywhere false", async () => {
    await files.close();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "a file where the folder was");
    files = new QuickFiles(folder);
    files.rewrite(ledgerId, 0, tree, log);
    add(1);
    await files.close();
    expect(read(1)).toBeUndefined();
    rmSync(folder);
    mkdirSync(folder);
  });
});
