import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fsck, openStore } from "../src/index.ts";
import { addBlock, genesisBytes, genesisWrites, nextBlock, recordKey } from "./synthetic-ledger.ts";

const mountPoint = mkdtempSync(join(tmpdir(), "acta-small-disk-"));
const isMounted = mount();

function mount(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", mountPoint], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("skipped: a small disk can be mounted by root only");
    return false;
  }
}

afterAll(() => {
  if (isMounted) execFileSync("umount", [mountPoint]);
  rmSync(mountPoint, { recursive: true });
});

/** Leaves only so many bytes free, by a file that takes the rest. */
function fillUp(free: number): string {
  const path = join(mountPoint, "ballast");
  rmSync(path, { force: true });
  const { bavail, bsize } = statfsSync(mountPoint);
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  return path;
}

describe.skipIf(!isMounted)("a disk that is really full", () => {
  beforeAll(() => expect(statfsSync(mountPoint).blocks).toBeGreaterThan(0));

  test("stops commits in words, keeps reads, and lets the same block in when there is room", async () => {
    const directory = join(mountPoint, "store");
    const store = await openStore(directory, { createIfMissing: true });
    await store.initialise(genesisBytes, genesisWrites);
    const large = { transactions: 20, text: "x".repeat(5000) };
    for (let height = 1; height <= 5; height++) await addBlock(store, large);
    for (let round = 0; round < 5; round++) {
      const block = nextBlock(store, large);
      await store.recordSigned(block);
      const before = store.roots;
      const ballast = fillUp(round * 16_384);
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(store.commit(block)).rejects.toMatchObject({ code: "disk-full" });
        expect(store.roots).toEqual(before);
        expect(store.state.get(recordKey(store.height, 1))).toBeDefined();
        expect(store.block(store.height)?.height).toBe(store.height);
      }
      rmSync(ballast);
      await store.commit(block);
      expect(store.last?.headerHash).toEqual(block.headerHash);
    }
    await store.close();
    expect((await fsck(directory)).filter(({ severity }) => severity === "damage")).toEqual([]);
    const again = await openStore(directory, { createIfMissing: false });
    expect(again.height).toBe(10);
    await again.close();
  });

  test("under the quick files alone stops no block, and costs the next start nothing but time", async () => {
    const directory = mkdtempSync(join(tmpdir(), "acta-quick-disk-"));
    mkdirSync(join(mountPoint, "quick"));
    symlinkSync(join(mountPoint, "quick"), join(directory, "quick"));
    const store = await openStore(directory, { createIfMissing: true, mergeBytes: 4000 });
    await store.initialise(genesisBytes, genesisWrites);
    for (const free of [undefined, 5000, 0, undefined]) {
      const ballast = free === undefined ? undefined : fillUp(free);
      for (let count = 0; count < 12; count++) await addBlock(store, { transactions: 20 });
      if (ballast !== undefined) rmSync(ballast);
    }
    const expected = [store.height, store.roots, store.tree.size];
    await store.close();
    for (let time = 0; time < 2; time++) {
      const again = await openStore(directory, { createIfMissing: false });
      expect([again.height, again.roots, again.tree.size]).toEqual(expected);
      await again.close();
    }
    expect(await fsck(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  test("stops votes in words and never counts one that did not reach the disk", async () => {
    const directory = join(mountPoint, "votes");
    const store = await openStore(directory, { createIfMissing: true });
    await store.initialise(genesisBytes, genesisWrites);
    await addBlock(store, { transactions: 1 });
    const block = nextBlock(store, { transactions: 20, text: "x".repeat(5000) });
    const ballast = fillUp(0);
    await expect(store.recordSigned(block)).rejects.toMatchObject({ code: "disk-full" });
    expect(store.lastSigned()?.height).toBe(1);
    rmSync(ballast);
    await store.recordSigned(block);
    await store.commit(block);
    await store.close();
    const again = await openStore(directory, { createIfMissing: false });
    expect(again.height).toBe(2);
    await again.close();
  });
});
