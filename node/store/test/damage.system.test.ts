import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fsck, openStore, type Store, StoreError } from "../src/index.ts";
import { addBlock, genesisBytes, genesisWrites, nextBlock, recordKey } from "./synthetic-ledger.ts";

let root: string;
let whole: string;
const BLOCKS = 14;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "acta-damage-"));
  whole = join(root, "whole");
  let store = await openStore(whole, { createIfMissing: true });
  await store.initialise(genesisBytes, genesisWrites);
  for (let height = 1; height <= BLOCKS; height++) {
    await addBlock(store, { transactions: height % 4, text: "x".repeat(height * 40) });
    if (height % 5 !== 0) continue;
    // Opening again turns the log into a table.
    await store.close();
    store = await openStore(whole, { createIfMissing: false });
  }
  await store.close();
});

afterAll(() => rmSync(root, { recursive: true }));

/** Everything that a store answers, in a form that compares. */
function answers(store: Store, height: number): string {
  const blocks = Array.from({ length: height }, (_, index) => store.block(index + 1));
  const places = blocks.map((block) => block?.results.map(({ identity }) => store.findTransaction(identity)));
  const spent = blocks.map((block) =>
    block?.results.map(({ identity }) => [11, 12, 13].map((b) => store.identities.has(b, identity))),
  );
  return inspect([store.genesisBytes, blocks, places, spent]);
}

/** The records of the state as they are after the last block. */
function records(store: Store): string {
  const keys = Array.from({ length: BLOCKS * 4 }, (_, index) => recordKey(index >> 2, index & 3));
  return inspect([...keys, encode([0, "flags"])].map((key) => store.state.get(key)));
}

const inspect = (value: unknown) =>
  JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? Buffer.from(part).toString("hex") : part));

type Expected = {
  readonly answers: string;
  readonly shorter: string;
  readonly records: string;
  readonly headerHash: string;
};

async function expectedAnswers(): Promise<Expected> {
  const store = await openStore(copyOfWhole(), { createIfMissing: false });
  const headerHash = inspect(store.last?.headerHash);
  const expected = {
    answers: answers(store, BLOCKS),
    shorter: answers(store, BLOCKS - 1),
    records: records(store),
    headerHash,
  };
  await store.close();
  return expected;
}

let copies = 0;

function copyOfWhole(): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(whole, copy, { recursive: true });
  return copy;
}

/** "refused" where a StoreError says so in words; "same" where all answers are right; fails on a wrong answer. */
async function judge(directory: string, expected: Expected): Promise<"refused" | "same" | "one block behind"> {
  let store: Store;
  try {
    store = await openStore(directory, { createIfMissing: true });
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).code).toBe("damaged");
    return "refused";
  }
  try {
    return await judgeOpen(store, expected);
  } catch (error) {
    if (error instanceof StoreError && error.code === "damaged") return "refused";
    throw error;
  } finally {
    await store.close();
  }
}

async function judgeOpen(store: Store, expected: Expected): Promise<"same" | "one block behind"> {
  const isBehind = store.height === BLOCKS - 1;
  expect(isBehind || store.height === BLOCKS).toBe(true);
  if (isBehind) {
    // The end of the log was lost, as in a crash: the signed block is committed again, and nothing else can be.
    const pending = store.pendingCandidate();
    expect(inspect(pending?.headerHash)).toBe(expected.headerHash);
    const again = nextBlock(store, { transactions: BLOCKS % 4, text: "x".repeat(BLOCKS * 40) });
    expect(again.transactions).toEqual(pending?.transactions);
    await store.commit(again);
  }
  expect(answers(store, BLOCKS)).toBe(expected.answers);
  expect(records(store)).toBe(expected.records);
  return isBehind ? "one block behind" : "same";
}

type Harm = { readonly name: string; readonly file: string; readonly apply: (path: string) => void };

/** Flips at several offsets and cuts at several lengths, for every file. */
function harms(): Harm[] {
  const files = ["level", "signed"].flatMap((part) => readdirSync(join(whole, part)).map((name) => join(part, name)));
  const data = [...files, "LEDGER"].filter((file) => !/LOCK|LOG(\.old)?$/.test(file));
  return data.flatMap((file) => {
    const { size } = statSync(join(whole, file));
    const offsets = [...new Set(Array.from({ length: OFFSETS }, (_, index) => Math.floor((size * index) / OFFSETS)))];
    const flips = [...offsets, size - 1].filter((offset) => offset >= 0 && offset < size);
    return [
      ...flips.map((offset) => ({
        name: `flip ${file} at ${offset}`,
        file,
        apply: (path: string) => flip(path, offset),
      })),
      ...offsets.map((length) => ({
        name: `cut ${file} to ${length}`,
        file,
        apply: (path: string) => truncateSync(path, length),
      })),
      { name: `remove ${file}`, file, apply: (path: string) => rmSync(path) },
    ];
  });
}

const OFFSETS = 12;

function flip(path: string, offset: number): void {
  const content = readFileSync(path);
  content[offset] = (content[offset] ?? 0) ^ 0x10;
  writeFileSync(path, content);
}

test("a whole store has no findings, and fsck leaves every byte as it was", async () => {
  const copy = copyOfWhole();
  const before = listing(copy);
  expect(await fsck(copy)).toEqual([]);
  expect(listing(copy)).toEqual(before);
});

function listing(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/LOG(\.old)?$/.test(path))
    .map((path) => `${path} ${readFileSync(path).toString("base64")}`)
    .sort();
}

describe("any flipped byte, cut or missing file", () => {
  test("is named by fsck or changes nothing, and is never served", { timeout: 240_000 }, async () => {
    const expected = await expectedAnswers();
    const counts: Record<string, number> = {};
    for (const { name, file, apply } of harms()) {
      const copy = copyOfWhole();
      apply(join(copy, file));
      const findings = await fsck(copy);
      const verdict = await judge(copy, expected).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`, { cause: error });
      });
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      for (const { where, what } of findings) expect(where.length * what.length).toBeGreaterThan(0);
      const isNamed = findings.length > 0;
      expect(isNamed || verdict === "same", `${name}: ${verdict}, findings: ${inspect(findings)}`).toBe(true);
      if (verdict === "refused")
        expect(
          findings.some(({ severity }) => severity === "damage"),
          name,
        ).toBe(true);
      rmSync(copy, { recursive: true });
    }
    expect(counts["refused"]).toBeGreaterThan(50);
    console.log("verdicts", counts);
  });
});
