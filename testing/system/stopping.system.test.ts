import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { postMany, postOne, statusOf } from "../src/http.ts";
import { startNodeProcess } from "../src/node-process.ts";
import { randomBytes, randomNumbers } from "../src/random.ts";
import { depositCall, type SampleLedger, sampleLedger, signSample, writeSampleLedger } from "../src/sample-ledger.ts";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
const data = mkdtempSync(join(tmpdir(), "acta-stopping-"));
const random = randomNumbers(41);
const groups: ChildProcess[] = [];
const ledger: SampleLedger = await sampleLedger();
writeSampleLedger(data, ledger);

afterEach(() => {
  // Whatever a failed test left behind.
  for (const { pid, exitCode, signalCode } of groups.splice(0)) {
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
  }
});

afterAll(() => rmSync(data, { recursive: true, force: true }));

/** `npm start`, in a process group of its own, as a terminal starts it. */
const startByNpm = (...args: readonly string[]) => startGroup("npm", "start", "--silent", "--", ...args);

/** The node's program alone. */
const startProgram = (...args: readonly string[]) =>
  startGroup(process.execPath, join(root, "apps/node/src/main.ts"), ...args);

async function startGroup(command: string, ...args: readonly string[]) {
  const child = spawn(command, args, { cwd: root, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  groups.push(child);
  const printed = { text: "" };
  const ended = once(child, "close");
  const started = new Promise<string>((found, failed) => {
    const read = (part: Buffer): void => {
      printed.text += part.toString("utf8");
      const address = /http:\/\/[\w.]+:\d+/.exec(printed.text);
      if (address) found(address[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("close", (code) => failed(new Error(`ended with ${code}: ${printed.text}`)));
  });
  return {
    printed,
    started,
    /** What Ctrl-C does: the whole group is told at once. */
    async interrupt(): Promise<number | null> {
      process.kill(-(child.pid ?? 0), "SIGINT");
      await ended;
      return child.exitCode;
    },
    async end(): Promise<number | null> {
      await ended;
      return child.exitCode;
    },
  };
}

async function deposits(url: string, count: number): Promise<Uint8Array[]> {
  const { nowSeconds } = await statusOf(url);
  return Array.from({ length: count }, () =>
    signSample(ledger, {
      signers: [ledger.depositor],
      calls: [depositCall(randomBytes(random, 16))],
      expiry: nowSeconds + 600,
      nonce: randomBytes(random, 16),
    }),
  );
}

test("Ctrl-C to the whole process group ends cleanly under load, and the lock is released", async () => {
  const group = await startByNpm("--port", "0", "--data", data, "--empty");
  const url = await group.started;
  const made = await deposits(url, 400);
  const posting = Promise.allSettled([postMany(url, made.slice(0, 200)), postMany(url, made.slice(200))]);
  const before = await statusOf(url);
  expect(await group.interrupt()).toBe(0);
  expect(group.printed.text).toContain("Stopped.");
  await posting;
  const again = await startNodeProcess(data, "--empty");
  const status = await statusOf(again.url);
  expect(status.height).toBeGreaterThanOrEqual(before.height);
  expect(status.state).toBe("running");
  expect(await again.stop()).toBe(0);
});

test("a second node on the same data is refused in words, and the first goes on", async () => {
  const first = await startNodeProcess(data, "--empty");
  const second = await startProgram("--port", "0", "--data", data, "--empty");
  await expect(second.started).rejects.toThrow(/another process has the store open/);
  expect(await second.end()).toBe(1);
  expect(second.printed.text).toMatch(/Stop that node/);
  expect(second.printed.text).not.toMatch(/\n\s+at /);
  const [one] = await deposits(first.url, 1);
  expect((await postOne(first.url, one as Uint8Array)).json.submissions[0].status).toBe("admitted");
  expect(await first.stop()).toBe(0);
});

test("a port that is taken is said in words, and the store is closed again", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "acta-port-"));
  const first = await startNodeProcess(elsewhere, "--empty");
  const { port } = new URL(first.url);
  const second = await startProgram("--port", port, "--data", data, "--empty");
  await expect(second.started).rejects.toThrow(/ended with 1/);
  expect(second.printed.text).toContain(`port ${port}`);
  expect(second.printed.text).toMatch(/--port/);
  expect(second.printed.text).not.toMatch(/\n\s+at /);
  expect(await first.stop()).toBe(0);
  rmSync(elsewhere, { recursive: true, force: true });
  const again = await startNodeProcess(data, "--empty");
  expect(await again.stop()).toBe(0);
});

test("words that mean nothing end with exit code 2 and the help", async () => {
  const group = await startProgram("--prot", "8080");
  await expect(group.started).rejects.toThrow(/--prot/);
  expect(await group.end()).toBe(2);
  expect(group.printed.text).toContain("npm start -- [--port 8080]");
});
