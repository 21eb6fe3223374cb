import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const lockModule = new URL("./install-lock.mjs", import.meta.url).href;
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acta-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("several processes work one after the other", async () => {
  await Promise.all([worker(), worker(), worker()]);
  expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out in out in out ");
});

test("the lock of a process that has died is taken over, by one of those who wait", async () => {
  const dead = await promisify(execFile)(process.execPath, ["-p", "process.pid"]);
  writeFileSync(join(folder, "lock"), `${dead.stdout.trim()}-1`);
  await Promise.all([worker(), worker(), worker()]);
  expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out in out in out ");
});

// A process that writes "in ", takes its time, and writes "out ", all under the lock.
function worker() {
  const program = `
    import { appendFileSync } from "node:fs";
    import { setTimeout as sleep } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(lockModule)};
    await withLock("lock", async () => {
      appendFileSync("log", "in ");
      await sleep(50);
      appendFileSync("log", "out ");
    });`;
  return promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { cwd: folder });
}
