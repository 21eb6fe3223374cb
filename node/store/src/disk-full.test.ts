import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addBlock, genesisBytes, genesisWrites, nextBlock, recordKey } from "../test/synthetic-ledger.ts";
import { openStore, type Store } from "./index.ts";
import { type Level, type LevelChange, openLevel } from "./level.ts";

let directory: string;
let store: Store;
let failure: "none" | "before" | "after" = "none";

/** A LevelDB database whose batches fail at will, before or after they reached the log. */
async function openFailing(path: string, options: { readonly createIfMissing: boolean }): Promise<Level> {
  const level = await openLevel(path, options);
  const batch = level.batch.bind(level);
  const failing = async (changes: LevelChange[], options: { sync: boolean }) => {
    const mode = failure;
    if (mode !== "before") await batch(changes, options);
    if (mode !== "none") throw new Error("IO error: 000003.log: No space left on device");
  };
  return Object.assign(level, { batch: failing });
}

beforeEach(async () => {
  failure = "none";
  directory = mkdtempSync(join(tmpdir(), "acta-full-"));
  store = await openStore(directory, { createIfMissing: true, opener: openFailing });
  await store.initialise(genesisBytes, genesisWrites);
  for (let height = 1; height <= 3; height++) await addBlock(store, { transactions: 2 });
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

for (const mode of ["before", "after"] as const) {
  test(`a commit that fails ${mode} it reached the log changes nothing that is read, and succeeds later`, async () => {
    const block = nextBlock(store, { transactions: 3 });
    const before = store.roots;
    await store.recordSigned(block);
    failure = mode;
    await expect(store.commit(block)).rejects.toMatchObject({ code: "disk-full" });
    expect(store.height).toBe(3);
    expect(store.roots).toEqual(before);
    expect(store.tree.root).toEqual(before.stateRoot);
    expect(store.state.get(recordKey(4, 0))).toBeUndefined();
    expect(store.state.get(recordKey(3, 1))).toBeDefined();
    expect(store.block(3)?.height).toBe(3);
    failure = "none";
    await store.commit(block);
    expect(store.state.get(recordKey(4, 0))).toBeDefined();
    await addBlock(store, { transactions: 1 });
    await store.close();
    store = await openStore(directory, { createIfMissing: false });
    expect(store.height).toBe(5);
  });
}

test("a crash after a commit that seemed to fail finds the block, or the signed one to be committed", async () => {
  for (const mode of ["before", "after"] as const) {
    const block = nextBlock(store, { transactions: 3 });
    await store.recordSigned(block);
    failure = mode;
    await expect(store.commit(block)).rejects.toMatchObject({ code: "disk-full" });
    failure = "none";
    await store.close();
    store = await openStore(directory, { createIfMissing: false, opener: openFailing });
    expect(store.height).toBe(mode === "before" ? block.height - 1 : block.height);
    if (mode === "before") await store.commit(block);
    expect(store.last?.headerHash).toEqual(block.headerHash);
  }
});

test("another block cannot take the place of one whose commit seemed to fail", async () => {
  failure = "after";
  await expect(store.commit(nextBlock(store, { transactions: 3 }))).rejects.toMatchObject({ code: "disk-full" });
  failure = "none";
  await expect(store.commit(nextBlock(store, { transactions: 4 }))).rejects.toMatchObject({ code: "out-of-order" });
});
