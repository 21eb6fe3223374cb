import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { openStore, type StateWrite } from "../src/index.ts";
import { addBlock, genesisBytes } from "./synthetic-ledger.ts";

// Measures writing a state of many keys and blocks on top of it, then a start on it in a process of its own.
// Usage: node measure-start.ts [keys]
const [keys, existing] = [Number(process.argv[2] ?? 1_000_000), process.argv[3]];
if (existing !== undefined) {
  await start(existing);
} else {
  const directory = mkdtempSync(join(tmpdir(), "acta-measure-"));
  try {
    await write(directory);
    spawnSync(process.execPath, [...process.execArgv, import.meta.filename, String(keys), directory], {
      stdio: "inherit",
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function keyOf(index: number): Uint8Array {
  const name = sha256(Uint8Array.of(index, index >> 8, index >> 16)).subarray(0, 16);
  return encode([2, "evidence", "deposit", name]);
}

async function write(directory: string): Promise<void> {
  const store = await openStore(directory, { createIfMissing: true });
  const value = encode([1, new Map([["commitment", sha256(new Uint8Array(1))]])]);
  const writes = Array.from({ length: keys }, (_, index): StateWrite => [keyOf(index), value]);
  await timed("write", () => store.initialise(genesisBytes, writes));
  await timed("20 blocks of 1,000", async () => {
    for (let block = 0; block < 20; block++) await addBlock(store, { transactions: 1000 });
  });
  await store.close();
}

async function start(directory: string): Promise<void> {
  const store = await timed("start", () => openStore(directory, { createIfMissing: false }));
  console.log("memory after the start, MB", Math.round(process.memoryUsage().rss / 2 ** 20));
  await timed("10,000 first reads", async () => {
    for (let index = 0; index < 10_000; index++) store.state.get(keyOf((index * 97) % keys));
  });
  await store.close();
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(name, `${Math.round(performance.now() - start)} ms`);
  return result;
}
