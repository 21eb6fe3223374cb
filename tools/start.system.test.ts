import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./root.ts";

let data = "";
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "acta-start-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

test("Ctrl-C to the whole process group closes the node once, and a second start continues the ledger", async () => {
  for (const _attempt of ["first", "second"]) {
    const started = await start();
    process.kill(-started.group, "SIGINT");
    expect(await started.exitCode).toBe(0);
    expect(await isServing(started.url)).toBe(false);
  }
});

test("a signal to the starter alone reaches its node, and the starter ends after it", async () => {
  const started = await start();
  process.kill(started.group, "SIGTERM");
  expect(await started.exitCode).toBe(0);
  expect(await isServing(started.url)).toBe(false);
});

test("a starter that is killed hard leaves no node behind", async () => {
  const started = await start();
  process.kill(started.group, "SIGKILL");
  for (let waited = 0; waited < 100 && (await isServing(started.url)); waited++) await sleep(100);
  expect(await isServing(started.url)).toBe(false);
});

// Detached: a process group of its own, as a shell gives to every command.
async function start() {
  const args = [join(root, "tools/start.mjs"), "--port", "0", "--data", data, "--empty"];
  const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const exitCode = once(child, "exit").then(([code]) => code as number | null);
  return { url: await printedAddress(child), group: child.pid ?? 0, exitCode };
}

function printedAddress(child: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((found, failed) => {
    child.stdout?.on("data", (part: Buffer) => {
      printed += part.toString("utf8");
      const address = /http:\/\/[\w.[\]:-]+:\d+/.exec(printed);
      if (address) found(address[0]);
    });
    child.on("exit", (code) => failed(new Error(`npm start ended with ${code}:\n${printed}`)));
  });
}

async function isServing(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );
}
