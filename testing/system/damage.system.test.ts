import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fsck, openStore, StoreError } from "@acta/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postOne, receiptOf, statusOf } from "../src/http.ts";
import { startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, sampleLedger, signSample, writeSampleLedger } from "../src/sample-ledger.ts";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
const folder = mkdtempSync(join(tmpdir(), "acta-damage-"));
const whole = join(folder, "whole");
const random = randomNumbers(53);

beforeAll(async () => {
  const ledger = await sampleLedger();
  writeSampleLedger(whole, ledger);
  // Twice, so that LevelDB has a table beside its log.
  for (let start = 0; start < 2; start++) {
    const node = await startNodeProcess(whole, "--empty");
    for (let number = 0; number < 4; number++) {
      const { nowSeconds } = await statusOf(node.url);
      const calls = Array.from({ length: 20 }, () => depositCall(randomBytes(random, 16)));
      const bytes = signSample(ledger, {
        signers: [ledger.depositor],
        calls,
        expiry: nowSeconds + 600,
        nonce: randomBytes(random, 16),
      });
      const { json } = await postOne(node.url, bytes);
      await receiptOf(node.url, json.submissions[0].identity);
    }
    expect(await node.stop()).toBe(0);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the project to its end; one that serves is asked to stop. */
async function run(entry: string, ...args: readonly string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [join(root, entry), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  let isAsked = false;
  const read = (part: Buffer): void => {
    text += part.toString("utf8");
    if (isAsked || !/Stop with Ctrl-C/.test(text)) return;
    isAsked = true;
    child.kill("SIGTERM");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const [code] = await once(child, "close");
  return { code, text };
}

const start = (data: string) => run("apps/node/src/main.ts", "--port", "0", "--data", data, "--empty");
const check = (data: string) => run("apps/cli/src/main.ts", "fsck", "--data", data);

/** A copy of the folder in which a test may do harm. */
function copy(): string {
  const data = mkdtempSync(join(folder, "copy-"));
  cpSync(whole, data, { recursive: true });
  return data;
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  writeFileSync(path, bytes);
}

/** Files whose every byte matters: LevelDB's own diary (LOG) and lock do not. */
function dataFiles(data: string): string[] {
  const all = readdirSync(join(data, "store"), { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && !/^(LOG|LOG\.old|LOCK)$/.test(entry.name))
    .map((entry) => relative(data, join(entry.parentPath, entry.name)))
    .filter((path) => statSync(join(data, path)).size > 0)
    .sort();
}

/** Everything that a store serves, as one digest. Throws StoreError where it serves nothing. */
async function readAll(data: string): Promise<string> {
  const store = await openStore(join(data, "store"), { createIfMissing: false });
  try {
    const hash = createHash("sha256").update(store.roots.appHash);
    for (let height = 1; height <= store.height; height++) {
      const block = store.block(height);
      if (block === undefined) throw new Error(`Block ${height} is missing.`);
      hash.update(block.headerHash);
      for (const bytes of block.transactions) hash.update(bytes);
      for (const { identity, outcomeBytes } of block.results) {
        expect(store.findTransaction(identity)?.height).toBe(height);
        for (const bytes of outcomeBytes) hash.update(bytes);
      }
    }
    return hash.digest("hex");
  } finally {
    await store.close();
  }
}

test("a whole folder is found whole, and starts", async () => {
  const data = copy();
  const { code, text } = await check(data);
  expect(code, text).toBe(0);
  expect((await start(data)).code).toBe(0);
  expect(
    dataFiles(data).some((path) => /\.ldb$/.test(path)),
    dataFiles(data).join(" "),
  ).toBe(true);
});

describe("a flipped byte", () => {
  test("in any data file is refused at the start, named by fsck, or harms nothing that is served", async () => {
    // Of a copy: opening a store writes its log anew.
    const original = await readAll(copy());
    const seen: string[] = [];
    for (const path of dataFiles(whole)) {
      for (const share of [0.1, 0.4, 0.7, 0.95]) {
        const data = copy();
        const at = Math.floor(statSync(join(data, path)).size * share);
        flip(join(data, path), at);
        const findings = await fsck(join(data, "store"));
        const served = await readAll(data).catch((error: unknown) => {
          if (error instanceof StoreError) return error;
          throw error;
        });
        const where = `${path}@${at}: ${JSON.stringify(findings)}`;
        seen.push(
          `${path}@${at}: ${findings.map(({ severity }) => severity).join()}, ${served instanceof StoreError ? served.code : "served"}`,
        );
        if (served instanceof StoreError) expect(findings.length, `${where} ${served.message}`).toBeGreaterThan(0);
        else expect(served === original, `${where}: other bytes are served`).toBe(true);
        // A notice is for what the next start mends: then it must start.
        if (!findings.some(({ severity }) => severity === "damage")) expect(served, where).toBe(original);
        rmSync(data, { recursive: true, force: true });
      }
    }
    console.log(seen.join("\n"));
    expect(seen.filter((each) => each.endsWith("damaged")).length).toBeGreaterThan(5);
  });

  test("in LevelDB's log is named by file and byte, and the node refuses to start in words", async () => {
    const data = copy();
    const log = dataFiles(data).find((path) => path.endsWith(".log")) ?? "";
    flip(join(data, log), Math.floor(statSync(join(data, log)).size / 2));
    const started = await start(data);
    expect(started.code).toBe(1);
    expect(started.text).toContain("acta fsck");
    const found = await check(data);
    expect(found.code).toBe(1);
    expect(found.text).toMatch(/\.log, byte \d+/);
  });
});

describe("a log whose end is lost", () => {
  test("is found by the last signed height, which LevelDB alone would not notice", async () => {
    const data = copy();
    const log = dataFiles(data).find((path) => path.endsWith(".log")) ?? "";
    truncateSync(join(data, log), Math.floor(statSync(join(data, log)).size / 3));
    const started = await start(data);
    expect(started.code, started.text).toBe(1);
    expect(started.text).toMatch(/block \d+/);
    expect((await check(data)).code).toBe(1);
  });
});

test("fsck of a folder without a ledger, or beside a running node, says so", async () => {
  const none = await check(join(folder, "nothing"));
  expect(none.code).toBe(2);
  expect(none.text).toMatch(/no store/);
  const data = copy();
  const node = await startNodeProcess(data, "--empty");
  const busy = await check(data);
  expect(busy.code).toBe(2);
  expect(busy.text).toMatch(/open/);
  await node.stop();
});
