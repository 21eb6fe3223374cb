import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@acta/crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fsck, openStore, type Store } from "../src/index.ts";
import { addBlock, genesisBytes, genesisWrites, nextBlock } from "./synthetic-ledger.ts";

const root = mkdtempSync(join(tmpdir(), "acta-late-"));
const whole = join(root, "whole");
/** As on a ledger whose tables are too large to be read before it serves. */
const late = { createIfMissing: false, tableBytes: 0 };

beforeAll(async () => {
  let store = await openStore(whole, { createIfMissing: true });
  await store.initialise(genesisBytes, genesisWrites);
  for (let height = 1; height <= 9; height++) {
    await addBlock(store, { transactions: 5, text: "x".repeat(200) });
    if (height % 3 !== 0) continue;
    // Opening again turns the log into a table.
    await store.close();
    store = await openStore(whole, { createIfMissing: false });
  }
  await store.close();
});

afterAll(() => rmSync(root, { recursive: true }));

let copies = 0;

function copyOfWhole(): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(whole, copy, { recursive: true });
  return copy;
}

const tablesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".ldb"))
        .sort()
    : [];

/** Flips a byte in the middle of a table, where results and old values lie: a start reads none of them. */
function harm(directory: string, table: string): void {
  const path = join(directory, "level", table);
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x04;
  writeFileSync(path, bytes);
}

/** Resolves with what the store fails of. */
const failureOf = (store: Store) =>
  store.failed.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

test("tables that are whole are all read behind the open store, and their second names go", async () => {
  const directory = copyOfWhole();
  const store = await openStore(directory, late);
  expect(tablesIn(join(directory, "unchecked")).length).toBeGreaterThan(1);
  await addBlock(store, { transactions: 1 });
  while (tablesIn(join(directory, "unchecked")).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await addBlock(store, { transactions: 1 });
  await store.close();
  expect(await fsck(directory)).toEqual([]);
});

test("damage that is found late stops the store in the words of a start, and every later start", async () => {
  const directory = copyOfWhole();
  const table = tablesIn(join(directory, "level"))[0] ?? "";
  harm(directory, table);
  const store = await openStore(directory, late);
  expect(await failureOf(store)).toMatchObject({
    code: "damaged",
    where: join(directory, "level", table),
    what: expect.stringMatching(/^byte \d+: has a block with a wrong checksum$/),
  });
  await expect(store.commit(nextBlock(store, { transactions: 1 }))).rejects.toMatchObject({ code: "damaged" });
  await store.close();
  expect(tablesIn(join(directory, "damaged"))).toEqual([table]);
  for (const options of [late, { createIfMissing: false }]) {
    await expect(openStore(directory, options)).rejects.toMatchObject({ code: "damaged" });
  }
  expect(await fsck(directory)).toContainEqual({
    severity: "damage",
    where: expect.stringMatching(new RegExp(`^damaged/${table}, byte \\d+$`)),
    what: "has a block with a wrong checksum",
  });
});

test("a transaction that is not found is looked for in damaged parts at once, and never called unknown", async () => {
  const directory = copyOfWhole();
  for (const table of tablesIn(join(directory, "level"))) harm(directory, table);
  const store = await openStore(directory, late);
  // No turn of the event loop in which the thread could have reported anything.
  expect(() => store.findTransaction(sha256(Uint8Array.of(1)))).toThrow("wrong checksum");
  const deadline = { contract: "synthetic", name: "none" };
  await expect(store.findActions(deadline, { from: 1, most: 9 })).rejects.toMatchObject({ code: "damaged" });
  await store.close();
  const sound = await openStore(copyOfWhole(), late);
  expect(sound.findTransaction(sha256(Uint8Array.of(1)))).toBeUndefined();
  await sound.close();
});

test("what LevelDB rewrote before it was checked is still the evidence, for the next start and for fsck", async () => {
  const directory = copyOfWhole();
  const table = tablesIn(join(directory, "level"))[0] ?? "";
  const store = await openStore(directory, late);
  await store.close();
  // A crash left the second name of a table that was damaged and has been rewritten since.
  harm(directory, table);
  cpSync(join(directory, "level", table), join(directory, "unchecked", "000003.ldb"));
  cpSync(join(whole, "level", table), join(directory, "level", table));
  expect(await fsck(directory)).toContainEqual({
    severity: "damage",
    where: expect.stringMatching(/^unchecked\/000003.ldb, byte \d+$/),
    what: "has a block with a wrong checksum",
  });
  const again = await openStore(directory, { createIfMissing: false });
  expect(await failureOf(again)).toMatchObject({ code: "damaged" });
  await again.close();
  await expect(openStore(directory, late)).rejects.toMatchObject({ code: "damaged" });
});

test("second names that somebody deleted, or that an earlier start left, do not hide damage", async () => {
  const directory = copyOfWhole();
  const first = await openStore(directory, late);
  await first.close();
  // Left by a kill; all tables are checked before this start, which needs no second names.
  const second = await openStore(directory, { createIfMissing: false });
  expect(tablesIn(join(directory, "unchecked"))).toEqual([]);
  await second.close();
  for (const table of tablesIn(join(directory, "level"))) harm(directory, table);
  const store = await openStore(directory, late);
  rmSync(join(directory, "unchecked"), { recursive: true });
  expect(() => store.findTransaction(sha256(Uint8Array.of(1)))).toThrow("wrong checksum");
  await store.close();
});

test("a table that is missing or too short is found before anything is served", async () => {
  const directory = copyOfWhole();
  const table = join(directory, "level", tablesIn(join(directory, "level"))[0] ?? "");
  writeFileSync(table, readFileSync(table).subarray(1));
  await expect(openStore(directory, late)).rejects.toMatchObject({ code: "damaged" });
  rmSync(table);
  await expect(openStore(directory, late)).rejects.toMatchObject({ code: "damaged" });
});
