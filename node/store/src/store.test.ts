import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode, equalBytes } from "@acta/bytes";
import { treeProofRoot } from "@acta/merkle";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  addBlock,
  genesisBytes,
  genesisWrites,
  identityOf,
  nextBlock,
  recordKey,
  recordValue,
} from "../test/synthetic-ledger.ts";
import { openStore, type Store } from "./index.ts";

let directory: string;
let store: Store;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "acta-store-"));
  store = await openStore(directory, { createIfMissing: true });
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

async function reopen(): Promise<void> {
  await store.close();
  store = await openStore(directory, { createIfMissing: false });
}

describe("a new store", () => {
  test("has neither genesis nor blocks", () => {
    expect(store.genesisBytes).toBeUndefined();
    expect(store.last).toBeUndefined();
    expect(store.height).toBe(0);
  });

  test("keeps genesis and first state over a restart", async () => {
    await store.initialise(genesisBytes, genesisWrites);
    const { roots } = store;
    await reopen();
    expect(store.genesisBytes).toEqual(genesisBytes);
    expect(store.roots).toEqual(roots);
    for (const [key, value] of genesisWrites) expect(store.state.get(key)).toEqual(value);
  });

  test("takes one genesis only", async () => {
    await store.initialise(genesisBytes, genesisWrites);
    await expect(store.initialise(genesisBytes, genesisWrites)).rejects.toMatchObject({ code: "out-of-order" });
  });

  test("refuses blocks before it has a genesis", async () => {
    await expect(async () => store.roots).rejects.toMatchObject({ code: "out-of-order" });
  });
});

test("refuses a directory without a store unless told to make one", async () => {
  const empty = join(directory, "empty");
  await expect(openStore(empty, { createIfMissing: false })).rejects.toMatchObject({ code: "missing" });
});

test("refuses a store that is open already, in words", async () => {
  await expect(openStore(directory, { createIfMissing: true })).rejects.toMatchObject({ code: "locked" });
});

describe("a store with blocks", () => {
  beforeEach(async () => {
    await store.initialise(genesisBytes, genesisWrites);
    for (let height = 1; height <= 30; height++) await addBlock(store, { transactions: height % 5, calls: 2 });
  });

  test("gives back every block as it was committed, also after a restart", async () => {
    const block = await addBlock(store, { transactions: 7 });
    const check = () => {
      const stored = store.block(block.height);
      expect(stored?.header).toEqual(block.header);
      expect(stored?.commit).toEqual(block.commit);
      expect(stored?.transactions).toEqual(block.transactions);
      expect(stored?.results).toEqual(block.execution.results);
    };
    check();
    await reopen();
    check();
    for (let height = 1; height <= store.height; height++) expect(store.block(height)?.height).toBe(height);
    expect(store.block(0)).toBeUndefined();
    expect(store.block(store.height + 1)).toBeUndefined();
  });

  test("knows what the next block needs after a restart", async () => {
    const { last, roots } = store;
    await reopen();
    expect(store.last).toEqual(last);
    expect(store.roots).toEqual(roots);
  });

  test("reads written, changed and removed records, also after a restart", async () => {
    const check = () => {
      expect(store.state.get(recordKey(29, 0))).toEqual(recordValue("record 29/0 ".repeat(3)));
      expect(store.state.get(recordKey(27, 0))).toEqual(recordValue("changed 29"));
      expect(store.state.get(recordKey(24, 0))).toBeUndefined();
      expect(store.state.get(recordKey(1000, 0))).toBeUndefined();
    };
    check();
    await reopen();
    check();
  });

  test("finds transactions by identity, and spent identities in open buckets only", async () => {
    const block = store.block(29);
    const identity = identityOf(block?.transactions[1] ?? new Uint8Array());
    const check = () => {
      expect(store.findTransaction(identity)).toEqual({ height: 29, index: 1 });
      expect(store.identities.has(17, identity)).toBe(true);
      expect(store.identities.has(16, identity)).toBe(false);
      expect(store.identities.has(10, identityOf(store.block(1)?.transactions[0] ?? identity))).toBe(false);
      expect(store.findTransaction(new Uint8Array(32))).toBeUndefined();
    };
    check();
    await reopen();
    check();
  });

  test("proves present and absent keys under the state root", () => {
    const { proof, stateRoot } = store.proveState([recordKey(29, 0), recordKey(1000, 0), encode([0, "flags"])]);
    expect(treeProofRoot(proof)).toEqual(stateRoot);
    expect(proof.entries.filter(([, value]) => value === null)).toHaveLength(1);
  });

  test("prefetched values are the ones that are read", async () => {
    await reopen();
    const keys = [recordKey(29, 0), recordKey(28, 1), recordKey(1000, 0)];
    await store.prefetch(keys);
    expect(store.state.get(recordKey(29, 0))).toEqual(recordValue("record 29/0 ".repeat(3)));
    expect(store.state.get(recordKey(28, 1))).toEqual(recordValue("record 28/1 ".repeat(3)));
    expect(store.state.get(recordKey(1000, 0))).toBeUndefined();
  });

  test("reads the state before a block until the block is durable", async () => {
    const block = nextBlock(store, { transactions: 4 });
    await store.recordSigned(block);
    const committing = store.commit(block);
    for (let turn = 0; turn < 5; turn++) {
      const isThere = store.state.get(recordKey(block.height, 0)) !== undefined;
      expect(isThere).toBe(store.height === block.height);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await committing;
    expect(store.state.get(recordKey(block.height, 0))).toBeDefined();
  });

  test("staging gives the roots that committing leaves", async () => {
    const block = nextBlock(store, { transactions: 3 });
    const before = store.roots;
    const staged = store.stage({ height: block.height, headerHash: block.headerHash, execution: block.execution });
    expect(store.roots).toEqual(before);
    await store.commit({ ...block, ...staged });
    expect(store.roots).toEqual(staged);
    expect(equalBytes(store.tree.root, staged.stateRoot)).toBe(true);
  });

  test("refuses a block that does not follow, has another app hash, or claims other roots", async () => {
    const block = nextBlock(store, { transactions: 3 });
    await expect(store.commit({ ...block, height: 33 })).rejects.toMatchObject({ code: "out-of-order" });
    await expect(store.commit({ ...block, headerHash: new Uint8Array(32) })).rejects.toThrow("belong together");
    await expect(store.commit({ ...block, stateRoot: new Uint8Array(32) })).rejects.toThrow("stateRoot");
    await store.commit(block);
    await expect(store.commit(block)).rejects.toMatchObject({ code: "out-of-order" });
  });

  test("refuses a second commit while one is under way", async () => {
    const block = nextBlock(store, { transactions: 3 });
    const first = store.commit(block);
    await expect(store.commit(block)).rejects.toMatchObject({ code: "out-of-order" });
    await first;
    expect(store.height).toBe(31);
  });
});

describe("the sign guard", () => {
  beforeEach(async () => {
    await store.initialise(genesisBytes, genesisWrites);
    for (let height = 1; height <= 3; height++) await addBlock(store, { transactions: 2 });
  });

  test("gives back the signed block after a crash between vote and commit, byte for byte", async () => {
    const block = nextBlock(store, { transactions: 5 });
    await store.recordSigned(block);
    await reopen();
    const pending = store.pendingCandidate();
    expect(pending?.header).toEqual(block.header);
    expect(pending?.commit).toEqual(block.commit);
    expect(pending?.transactions).toEqual(block.transactions);
    await store.commit(nextBlock(store, { transactions: 5 }));
    expect(store.pendingCandidate()).toBeUndefined();
    expect(store.lastSigned()?.height).toBe(4);
  });

  test("never signs another block of the same height", async () => {
    await store.recordSigned(nextBlock(store, { transactions: 5 }));
    await store.recordSigned(nextBlock(store, { transactions: 5 }));
    await reopen();
    await expect(store.recordSigned(nextBlock(store, { transactions: 6 }))).rejects.toThrow("signed already");
    await expect(store.commit(nextBlock(store, { transactions: 6 }))).rejects.toThrow("another block");
    await store.recordSigned(nextBlock(store, { transactions: 5 }));
  });

  test("signs only the block that follows", async () => {
    const block = nextBlock(store, { transactions: 1 });
    await expect(store.recordSigned({ ...block, height: 5 })).rejects.toMatchObject({ code: "out-of-order" });
    await expect(store.recordSigned({ ...block, height: 3 })).rejects.toMatchObject({ code: "out-of-order" });
  });
});
