import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "acta-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function bench(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    env: { ...process.env, TMPDIR: folder },
  });
  return { status, stdout, stderr };
}

test("the help lists every command, and each explains itself", () => {
  const names = [...bench("--help").stdout.matchAll(/^ {2}npm run bench -- (\w+)/gm)].map(([, name]) => name ?? "");
  expect(names).toEqual(["submit", "grow", "proof", "storage", "restart", "hot"]);
  for (const name of names) expect(bench(name, "--help").stdout).toContain(`npm run bench -- ${name} [`);
});

test("words that mean nothing are refused with exit code 2", () => {
  expect(bench("speed")).toMatchObject({ status: 2, stdout: "" });
  expect(bench("grow", "--keys", "4000,1000")).toMatchObject({ status: 2, stdout: "" });
  expect(bench("hot", "--loud").stderr).toContain("npm run bench -- hot");
});

test("storage tells every byte of a real ledger's tables, and leaves nothing behind", () => {
  const { status, stdout, stderr } = bench("storage", "--records", "2000", "--json");
  expect(status, stderr).toBe(0);
  const report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  for (const ledger of [report.single, report.batch]) {
    const kinds = Object.values<{ diskBytes: number }>(ledger.kinds);
    const all = kinds.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
    expect(all).toBeGreaterThan(0.95 * ledger.tableBytes);
    expect(all).toBeLessThanOrEqual(ledger.tableBytes);
  }
  expect(report.single.kinds["index of transactions"].entries).toBe(2000);
  expect(report.batch.kinds["index of transactions"].entries).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});

test("submit enters signed operations and attributes their cost", () => {
  const args = ["--keys", "1000", "--seconds", "4", "--per-request", "50", "--json"];
  const { status, stdout, stderr } = bench("submit", ...args);
  expect(status, stderr).toBe(0);
  const { measured, ratios, limits } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  const { operationsPerSecond, cpuMicrosecondsPerOperation } = measured.deposit;
  expect(operationsPerSecond).toBeGreaterThan(0);
  expect(cpuMicrosecondsPerOperation.signatures).toBeGreaterThan(0);
  const ratio = operationsPerSecond / limits.signaturesPerSecond;
  expect(ratios.deposit.operationsBySignatures).toBeCloseTo(ratio, 3);
});
