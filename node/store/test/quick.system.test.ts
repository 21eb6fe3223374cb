import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "@acta/bytes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fsck, openStore, type Store } from "../src/index.ts";
import { FAMILY, familyKey } from "../src/keys.ts";
import { openLevel } from "../src/level.ts";
import { sealValue } from "../src/sealed-value.ts";
import { addBlock, genesisBytes, genesisWrites, otherGenesisBytes, recordKey } from "./synthetic-ledger.ts";

const root = mkdtempSync(join(tmpdir(), "acta-quick-"));
const whole = join(root, "whole");
const BLOCKS = 12;
let expected: string;

beforeAll(async () => {
  // Opened twice: the second start finds the files that the first has left.
  let store = await openStore(whole, { createIfMissing: true });
  await store.initialise(genesisBytes, genesisWrites);
  for (let height = 1; height <= BLOCKS; height++) {
    await addBlock(store, { transactions: 3, text: "x".repeat(height * 30) });
    if (height !== 5) continue;
    await store.close();
    store = await openStore(whole, { createIfMissing: false });
  }
  expected = answers(store);
  await store.close();
});

afterAll(() => rmSync(root, { recursive: true }));

/** Roots, records and what was spent. */
function answers(store: Store): string {
  const { stateRoot, logRoot, appHash } = store.roots;
  const keys = Array.from({ length: BLOCKS * 3 }, (_, index) => recordKey(1 + Math.floor(index / 3), index % 3));
  const values = keys.map((key) => Buffer.from(store.state.get(key) ?? []).toString("hex"));
  const identities = store.block(store.height)?.results.map(({ identity }) => identity) ?? [];
  const spent = identities.map((identity) => [12, 13].map((bucket) => store.identities.has(bucket, identity)));
  return JSON.stringify([store.height, [stateRoot, logRoot, appHash].map(toHex), store.tree.size, values, spent]);
}

let copies = 0;

function copyOf(directory: string): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(directory, copy, { recursive: true });
  return copy;
}

const quick = (directory: string, ...names: string[]) => join(directory, "quick", ...names);

/** The number of the newest journal: a start that made the files anew counted it up. */
const journalOf = (directory: string): number =>
  Math.max(
    ...readdirSync(quick(directory))
      .flatMap((name) => /^journal-(\d+)$/.exec(name)?.[1] ?? [])
      .map(Number),
  );

/** Whether a start found its way by the quick files; fails where it answers anything else. */
async function startsQuickly(directory: string): Promise<boolean> {
  const before = existsSync(quick(directory)) ? journalOf(directory) : -1;
  const store = await openStore(directory, { createIfMissing: false });
  expect(answers(store)).toBe(expected);
  await store.close();
  return journalOf(directory) === before;
}

test("the files lead to the newest block, and so they do after the next", async () => {
  const copy = copyOf(whole);
  expect(await startsQuickly(copy)).toBe(true);
  const store = await openStore(copy, { createIfMissing: false });
  await addBlock(store, { transactions: 2 });
  const after = toHex(store.roots.appHash);
  await store.close();
  const again = await openStore(copy, { createIfMissing: false });
  expect(toHex(again.roots.appHash)).toBe(after);
  await again.close();
  expect(journalOf(copy)).toBe(journalOf(whole));
});

describe("files that do not lead there", () => {
  /** After one start that reads the database the next finds its way by the files again. */
  async function isMended(directory: string): Promise<void> {
    expect(await startsQuickly(directory)).toBe(false);
    expect(await startsQuickly(directory)).toBe(true);
    expect(await fsck(directory)).toEqual([]);
  }

  test("flipped, cut or missing in any place: the database is read, and the files are made anew", async () => {
    for (const name of readdirSync(quick(whole))) {
      const { size } = statSync(quick(whole, name));
      const harms: [string, (path: string) => void][] = [
        ...[0, 20, 45, 58, 70, size - 20, size - 1]
          .filter((at) => at < size)
          .map((at): [string, (path: string) => void] => [`flip ${name} at ${at}`, (path) => flip(path, at)]),
        [`cut ${name} to half`, (path) => truncateSync(path, Math.floor(size / 2))],
        [`empty ${name}`, (path) => truncateSync(path, 0)],
        [`remove ${name}`, (path) => rmSync(path)],
      ];
      for (const [what, harm] of harms) {
        const copy = copyOf(whole);
        harm(quick(copy, name));
        // What the journal lost, LevelDB's log may still have: then it is caught up.
        await startsQuickly(copy);
        expect(await startsQuickly(copy), what).toBe(true);
        rmSync(copy, { recursive: true });
      }
    }
  });

  test("gone as a whole, or a folder that cannot be written", async () => {
    const copy = copyOf(whole);
    rmSync(quick(copy), { recursive: true });
    await isMended(copy);
    rmSync(quick(copy), { recursive: true });
    writeFileSync(quick(copy), "no folder");
    const store = await openStore(copy, { createIfMissing: false });
    expect(answers(store)).toBe(expected);
    await addBlock(store, { transactions: 1 });
    await store.close();
    rmSync(quick(copy));
  });

  test("of an older state, of a newer one, or of another ledger", async () => {
    const older = copyOf(whole);
    const [ahead, other] = [copyOf(whole), join(root, "other")];
    const store = await openStore(ahead, { createIfMissing: false });
    for (let count = 0; count < 3; count++) await addBlock(store, { transactions: 3 });
    await store.close();
    const foreign = await openStore(other, { createIfMissing: true });
    await foreign.initialise(otherGenesisBytes, genesisWrites);
    await foreign.close();
    for (const source of [ahead, other]) {
      const copy = copyOf(older);
      rmSync(quick(copy), { recursive: true });
      cpSync(quick(source), quick(copy), { recursive: true });
      await isMended(copy);
    }
    rmSync(quick(ahead), { recursive: true });
    cpSync(quick(older), quick(ahead), { recursive: true });
    const found = await openStore(ahead, { createIfMissing: false });
    expect(found.height).toBe(BLOCKS + 3);
    await found.close();
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(path, bytes);
}

test("blocks that are durable and not yet in the journal are caught up from LevelDB's log", async () => {
  const copy = copyOf(whole);
  const journal = quick(copy, `journal-${journalOf(copy)}`);
  // Half of the journal: several blocks are lost, the one that it breaks off in included.
  truncateSync(journal, Math.floor(statSync(journal).size / 2));
  expect(await startsQuickly(copy)).toBe(true);
  expect(statSync(journal).size).toBe(statSync(quick(whole, `journal-${journalOf(whole)}`)).size);
});

test("a value changed behind the back of the files is refused when it is read, not served", async () => {
  const copy = copyOf(whole);
  const level = await openLevel(join(copy, "level"), { createIfMissing: false });
  const key = recordKey(BLOCKS, 1);
  await level.put(familyKey(FAMILY.state, key), sealValue(key, Uint8Array.of(1)));
  await level.close();
  const again = await openStore(copy, { createIfMissing: false });
  expect(() => again.state.get(key)).toThrow("does not match its leaf");
  await again.close();
});

const KILLS = 12;
const writer = join(import.meta.dirname, "writer.ts");

/** Lets the writer commit blocks, merging its journal all the time, and kills it after so long. */
async function runAndKill(directory: string, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, writer, directory, "3000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`The writer ended by itself with code ${code}.`)));
  });
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await ended;
}

test("killed while it writes and merges, a store starts by its files, with the roots of its blocks", {
  timeout: 240_000,
}, async () => {
  const directory = join(root, "killed");
  let quickStarts = 0;
  let merged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await runAndKill(directory, (kill * 61) % 400);
    merged = Math.max(merged, journalOf(directory));
    const full = copyOf(directory);
    rmSync(quick(full), { recursive: true });
    const before = journalOf(directory);
    const [store, byDatabase] = [
      await openStore(directory, { createIfMissing: false }),
      await openStore(full, { createIfMissing: false }),
    ];
    if (journalOf(directory) === before) quickStarts++;
    expect(store.roots).toEqual(byDatabase.roots);
    expect(store.tree.size).toBe(byDatabase.tree.size);
    expect(store.log.root()).toEqual(byDatabase.log.root());
    await store.close();
    await byDatabase.close();
    rmSync(full, { recursive: true });
  }
  expect((await fsck(directory)).filter(({ severity }) => severity === "damage")).toEqual([]);
  expect(quickStarts).toBe(KILLS);
  expect(merged).toBeGreaterThan(1);
});

test("a start that is killed leaves files by which the next one finds its way", { timeout: 120_000 }, async () => {
  const copy = copyOf(whole);
  rmSync(quick(copy), { recursive: true });
  const program = join(import.meta.dirname, "opener.ts");
  for (let kill = 0; kill < 8; kill++) {
    const child = spawn(process.execPath, [...process.execArgv, program, copy], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, kill * 4));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    if (kill % 2 === 0 && existsSync(quick(copy))) rmSync(quick(copy), { recursive: true });
  }
  await startsQuickly(copy);
  expect(await startsQuickly(copy)).toBe(true);
});
