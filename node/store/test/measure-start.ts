import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { openStore, type StateWrite } from "../src/index.ts";
import { addBlock, genesisBytes } from "./synthetic-ledger.ts";

// Measures what a start costs after a SIGKILL: a process writes a state of many keys and blocks of 1,000 transactions on
// top of it and is killed; then others open the store, by the quick files and without them.
// Usage: node measure-start.ts [keys] [blocks]
const [keys, blocks] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 40)];
const [step, existing = ""] = process.argv.slice(4);
if (step === "write") await write(existing);
else if (step === "start") await start(existing);
else await measure();

async function measure(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "acta-measure-"));
  try {
    await run("write", directory);
    for (const [folder, bytes] of sizesIn(directory)) console.log(`${folder}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
    console.log("by the quick files:");
    for (let time = 0; time < 3; time++) await run("start", directory);
    rmSync(join(directory, "quick"), { recursive: true });
    console.log("by the database:");
    await run("start", directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs a step in a process of its own, which ends by SIGKILL. */
async function run(name: string, directory: string): Promise<void> {
  const args = [import.meta.filename, String(keys), String(blocks), name, directory];
  const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.on("data", (said: Buffer) => {
    process.stdout.write(said);
    if (said.includes("done")) child.kill("SIGKILL");
  });
  await once(child, "close");
}

function sizesIn(directory: string): [string, number][] {
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => {
    const files = readdirSync(join(directory, name)).map((file) => statSync(join(directory, name, file)).size);
    return [name, files.reduce((sum, size) => sum + size, 0)];
  });
}

function keyOf(index: number): Uint8Array {
  const name = sha256(Uint8Array.of(index, index >> 8, index >> 16)).subarray(0, 16);
  return encode([2, "evidence", "deposit", name]);
}

async function write(directory: string): Promise<void> {
  const store = await openStore(directory, { createIfMissing: true });
  const value = (index: number) => encode([1, new Map([["commitment", sha256(keyOf(index))]])]);
  const writes = Array.from({ length: keys }, (_, index): StateWrite => [keyOf(index), value(index)]);
  await timed("state written", () => store.initialise(genesisBytes, writes));
  await timed(`${blocks} blocks of 1,000`, async () => {
    for (let block = 0; block < blocks; block++) await addBlock(store, { transactions: 1000 });
  });
  stay();
}

async function start(directory: string): Promise<void> {
  const store = await timed("store open", () => openStore(directory, { createIfMissing: false }));
  console.log("memory after it, MiB", Math.round(process.memoryUsage().rss / 2 ** 20));
  await timed("10,000 first reads", async () => {
    for (let index = 0; index < 10_000; index++) store.state.get(keyOf((index * 97) % keys));
  });
  stay();
}

/** Says that the measuring process may kill this one. */
function stay(): void {
  console.log("done");
  setInterval(() => undefined, 1000);
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  console.log(name, `${Math.round(performance.now() - start)} ms, CPU ${Math.round((user + system) / 1000)} ms`);
  return result;
}
