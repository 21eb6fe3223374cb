import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addBlock, genesisBytes, genesisWrites, identityOf, nextBlock, recordKey } from "../test/synthetic-ledger.ts";
import type { StoredBlock } from "./block.ts";
import { encodeResults } from "./block-records.ts";
import { type Finding, fsck, openStore, type Store } from "./index.ts";
import { actionKey, FAMILY, familyKey, heightKey } from "./keys.ts";
import { openLevel } from "./level.ts";
import { sealValue } from "./sealed-value.ts";

let directory: string;
let store: Store;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "acta-fsck-"));
  store = await openStore(directory, { createIfMissing: true });
  await store.initialise(genesisBytes, genesisWrites);
  for (let height = 1; height <= 6; height++) await addBlock(store, { transactions: 2 });
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

/** Changes one record behind the store's back, with a seal that fits, and gives what fsck then finds. */
async function findingsAfter(key: Uint8Array, value: Uint8Array | undefined): Promise<Finding[]> {
  await store.close();
  const level = await openLevel(join(directory, "level"), { createIfMissing: false });
  const sealed = value && sealValue(key[0] === FAMILY.state ? key.subarray(1) : key, value);
  if (sealed === undefined) await level.del(key);
  else await level.put(key, sealed);
  await level.close();
  return fsck(directory);
}

const words = (findings: readonly Finding[]) => findings.map(({ where, what }) => `${where}: ${what}`).join("\n");

test("finds nothing in a whole store", async () => {
  await store.close();
  expect(await fsck(directory)).toEqual([]);
});

test("refuses a store that a node has open", async () => {
  await expect(fsck(directory)).rejects.toMatchObject({ code: "locked" });
});

test("refuses a directory without a store", async () => {
  await expect(fsck(join(directory, "elsewhere"))).rejects.toMatchObject({ code: "missing" });
});

test("tells how far it has come", async () => {
  await store.close();
  const steps = new Set<string>();
  await fsck(directory, ({ step }) => steps.add(step));
  expect([...steps]).toEqual(["files", "records", "blocks"]);
});

test("names a state value that does not fit the root", async () => {
  const findings = await findingsAfter(familyKey(FAMILY.state, recordKey(6, 0)), encode([1, new Map()]));
  expect(words(findings)).toContain("state after block 6");
});

test("names a state value that is gone", async () => {
  expect(words(await findingsAfter(familyKey(FAMILY.state, recordKey(6, 0)), undefined))).toContain("its root is");
});

test.each([
  ["header", FAMILY.header],
  ["commit", FAMILY.commit],
  ["transactions", FAMILY.transactions],
  ["results", FAMILY.results],
  ["log entry", FAMILY.log],
] as const)("names a lost %s by its height", async (name, family) => {
  expect(words(await findingsAfter(heightKey(family, 4), undefined))).toContain(`${name} of block 4`);
});

test("names transactions that are not those of the header", async () => {
  const findings = await findingsAfter(heightKey(FAMILY.transactions, 3), encode([new Uint8Array(3)]));
  expect(words(findings)).toContain("transactions of block 3: wrong data hash");
});

test("names results that the next header does not cover", async () => {
  const findings = await findingsAfter(heightKey(FAMILY.results, 3), encode([[], []]));
  expect(words(findings)).toContain("results of block 3: wrong results hash");
});

describe("what the ledger did by itself", () => {
  const deadline = { contract: "synthetic", name: "deadline/1" };
  beforeEach(async () => {
    await addBlock(store, { transactions: 1, acts: 2 });
    await addBlock(store, { transactions: 0, acts: 3 });
  });

  const blockSeven = (): StoredBlock => {
    const block = store.block(7);
    if (block === undefined) throw new Error("Block 7 is there.");
    return block;
  };

  test("is whole in a whole store, and found by contract and name", async () => {
    const places = [7, 8].map((height) => ({ height, index: 1 }));
    expect(await store.findActions(deadline, { from: 1, most: 9 })).toEqual(places);
    expect(await store.findActions(deadline, { from: 8, most: 9 })).toEqual(places.slice(1));
    expect(await store.findActions(deadline, { from: 1, most: 1 })).toEqual(places.slice(0, 1));
    expect(await store.findActions({ ...deadline, name: "deadline" }, { from: 1, most: 9 })).toEqual([]);
    await store.close();
    expect(await fsck(directory)).toEqual([]);
  });

  test("is named where it is not what the log says", async () => {
    const block = blockSeven();
    const changed = block.actions.map((action) => ({ ...action, due: action.due + 1 }));
    const record = encodeResults({ ...block, actions: changed });
    expect(words(await findingsAfter(heightKey(FAMILY.results, 7), record))).toContain(
      "results of block 7: wrong actions root",
    );
  });

  test("is named where its record changes are not its own", async () => {
    const block = blockSeven();
    const record = encodeResults({ ...block, actionChanges: block.actionChanges.toReversed() });
    expect(words(await findingsAfter(heightKey(FAMILY.results, 7), record))).toContain(
      "block 7: the record changes of act 0 are not its own",
    );
  });

  test("is named where the index does not lead to it, and then not served", async () => {
    expect(words(await findingsAfter(actionKey(deadline, 8), encode(0)))).toContain(
      "index entry of an act of the ledger in block 8: it leads to another act",
    );
    store = await openStore(directory, { createIfMissing: false });
    await expect(store.findActions(deadline, { from: 1, most: 9 })).rejects.toMatchObject({ code: "damaged" });
  });

  test("is named where the index has lost it", async () => {
    expect(words(await findingsAfter(actionKey(deadline, 8), undefined))).toContain(
      "block 8, act 1: the index of acts does not lead to it",
    );
  });

  test("is named where the index has an entry that no block has", async () => {
    expect(words(await findingsAfter(actionKey({ ...deadline, name: "x" }, 8), encode(1)))).toContain(
      "index of acts: it has 6 entries, the blocks 5 acts of the ledger",
    );
  });
});

test("names a vote whose signature is wrong", async () => {
  const { commit } = store.block(5) ?? {};
  if (commit === undefined) throw new Error("Block 5 is there.");
  const [vote] = commit.signatures;
  const [{ hash, parts }, flag] = [commit.blockId, 1];
  const forged = [flag, vote?.address ?? hash, vote?.time.seconds ?? 0, 0, new Uint8Array(64)];
  const record = encode([5, 0, [hash, [parts.total, parts.hash]], [forged]]);
  expect(words(await findingsAfter(heightKey(FAMILY.commit, 5), record))).toContain(
    "commit of block 5: a vote's signature",
  );
});

test("names a transaction that the index does not lead to", async () => {
  const identity = identityOf(store.block(2)?.transactions[1] ?? new Uint8Array());
  const findings = await findingsAfter(familyKey(FAMILY.identity, identity), undefined);
  expect(words(findings)).toContain("block 2, transaction 1");
});

test("names an index entry that no block has", async () => {
  const findings = await findingsAfter(familyKey(FAMILY.identity, new Uint8Array(32)), encode([1, 0]));
  expect(words(findings)).toContain("index of transactions: it has 13 entries, the blocks 12");
});

test("names a bucket that lost an identity", async () => {
  const key = Buffer.alloc(17);
  key[0] = FAMILY.bucket;
  key.writeBigUInt64BE(11n, 1);
  key.writeBigUInt64BE(5n, 9);
  expect(words(await findingsAfter(new Uint8Array(key), undefined))).toContain("bucket 11");
});

test("names keys that were never written", async () => {
  expect(words(await findingsAfter(Uint8Array.of(0xee, 1), encode(0)))).toContain("ee01: no such key");
});

test("names a sign guard that was lost, and the store does not open", async () => {
  await store.close();
  rmSync(join(directory, "signed"), { recursive: true });
  expect(words(await fsck(directory))).toContain("sign guard");
  await expect(openStore(directory, { createIfMissing: false })).rejects.toThrow("which this node signed");
});

test("refuses in words to go on from a log whose last two batches are lost", async () => {
  const log = join(
    directory,
    "level",
    readdirSync(join(directory, "level")).find((name) => name.endsWith(".log")) ?? "",
  );
  const bytesAtFour = readFileSync(log).length;
  await addBlock(store, { transactions: 1 });
  await addBlock(store, { transactions: 1 });
  await store.close();
  truncateSync(log, bytesAtFour);
  expect(words(await fsck(directory))).toContain("block 8 was signed: the end of the database is lost");
  await expect(openStore(directory, { createIfMissing: false })).rejects.toThrow("the end of the database is lost");
});

test("a signed block that was not committed is a notice, not damage", async () => {
  await store.recordSigned(nextBlock(store, { transactions: 1 }));
  await store.close();
  const findings = await fsck(directory);
  expect(findings).toEqual([expect.objectContaining({ severity: "notice", where: "block 7" })]);
});

test("the damage of a flipped byte in a log is named with file and offset, and the store does not open", async () => {
  await store.close();
  const level = join(directory, "level");
  const log = readdirSync(level).find((name) => name.endsWith(".log")) ?? "";
  const bytes = readFileSync(join(level, log));
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(join(level, log), bytes);
  expect(words(await fsck(directory))).toContain(`level/${log}, byte 0: has a record with a wrong checksum`);
  await expect(openStore(directory, { createIfMissing: false })).rejects.toThrow("wrong checksum");
});
