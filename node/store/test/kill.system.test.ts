import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toHex } from "@acta/bytes";
import { afterAll, expect, test } from "vitest";
import { fsck, openStore } from "../src/index.ts";

const directory = mkdtempSync(join(tmpdir(), "acta-kill-"));
const writer = join(import.meta.dirname, "writer.ts");
const KILLS = 20;

afterAll(() => rmSync(directory, { recursive: true }));

/** Delays from a fixed seed: 0 to 400 ms after the first block of a run. */
function* delays(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state % 400;
  }
}

/** Runs the writer until it is killed and gives the lines it said. */
async function runAndKill(delayMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [...process.execArgv, writer, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  const started = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      resolve();
    });
    child.once("exit", (code) => reject(new Error(`The writer ended by itself with code ${code}.`)));
  });
  await started;
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await ended;
  // A line that broke off was not said.
  return output
    .slice(0, output.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
}

test(`after ${KILLS} kills nothing that was committed or signed is lost or changed`, { timeout: 240_000 }, async () => {
  const signed = new Map<number, string>();
  const committed = new Map<number, string>();
  const delay = delays(20261121);
  for (let kill = 0; kill < KILLS; kill++) {
    for (const line of await runAndKill(delay.next().value ?? 0)) {
      const [step, height, hash = ""] = line.split(" ");
      const said = step === "signed" ? signed : committed;
      // A height is never signed for another block, nor committed with another app hash.
      expect(said.get(Number(height)) ?? hash).toBe(hash);
      said.set(Number(height), hash);
    }
    if (kill % 5 === 4) expect((await fsck(directory)).filter(({ severity }) => severity === "damage")).toEqual([]);
    const store = await openStore(directory, { createIfMissing: false });
    const highest = Math.max(0, ...committed.keys());
    expect(store.height).toBeGreaterThanOrEqual(highest);
    expect(store.lastSigned()?.height ?? 0).toBeGreaterThanOrEqual(Math.max(0, ...signed.keys()));
    for (const [height, hash] of signed) {
      const block = store.block(height) ?? store.pendingCandidate();
      expect(block && toHex(block.headerHash), `block ${height}`).toBe(hash);
    }
    for (const [height, hash] of committed) {
      const next = store.header(height + 1);
      expect(toHex(next?.header.appHash ?? store.roots.appHash)).toBe(hash);
    }
    await store.close();
  }
  expect(committed.size).toBeGreaterThan(KILLS);
});
