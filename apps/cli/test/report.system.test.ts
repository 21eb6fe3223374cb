import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acta, type NodeProcess, startNodeProcess } from "@acta/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let node: NodeProcess;

const run = (...words: string[]) => acta(words, { node: node.url, folder });
const key = (name: string): string => join(folder, "data", "keys", `${name}.key`);
const report = (...words: string[]) => run("evidence", "report", "note.txt.slip", "--trust", "ledger.trust", ...words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-report-"));
  node = await startNodeProcess(join(folder, "data"), "--empty");
  writeFileSync(join(folder, "note.txt"), "a note");
  writeFileSync(join(folder, "other.txt"), "another note");
  await run("evidence", "deposit", "note.txt", "--key", key("depositor"), "--out", ".", "--description", "A note.");
  await run("evidence", "custody", "note.txt.slip", "--event", "collected", "--key", key("depositor"), "--out", "acts");
  await run("evidence", "hold", "note.txt.slip", "--order", "other.txt", "--key", key("court"), "--out", "acts");
  await run("trust", "export", "--out", "ledger.trust");
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the report of a deposit compares the file and proves the custody list", async () => {
  const words = ["--file", "note.txt", "--out", "report.html", "--text", "--node", node.url];
  const { code, stdout, stderr } = await report(...words, "--lang", "en");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain("== The same, byte for byte ==");
  expect(stdout).toContain("DEMO LEDGER");
  expect(stdout).toContain("Description: A note.");
  expect(stdout).toMatch(/1 \| Collected at its source \| /);
  expect(stdout).toMatch(/Held: by court [0-9a-f]{4} /);
  expect(stdout).toMatch(/Proved by state proofs, as of block \d+/);
  expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("@page{size:A4");
});

test("it is not overwritten", async () => {
  const { code, stderr } = await report("--out", "report.html");
  expect(code).toBe(2);
  expect(stderr).toContain("is not overwritten");
});

test("without --node nothing is asked, and the report says so", async () => {
  const { code, stdout } = await report("--text", "--lang", "zh");
  expect(code).toBe(0);
  expect(stdout).toContain("== 有效，文件未比对 ==");
  expect(stdout).toContain("未询问。");
});

test("with another file it says so, and the exit code is that of verify", async () => {
  const { code, stdout } = await report("--file", "other.txt", "--text", "--lang", "en");
  expect(code).toBe(1);
  expect(stdout).toContain("== Not the same file ==");
});

test("without a trust file it tells nothing", async () => {
  const { code, stdout } = await run("evidence", "report", "note.txt.slip", "--text", "--lang", "en");
  expect(code).toBe(2);
  expect(stdout).toContain("== Cannot tell ==");
});

test("the slip of another act is named as what it is", async () => {
  const { code, stderr } = await run(
    "evidence",
    "report",
    "acts/note.txt.hold.slip",
    "--trust",
    "ledger.trust",
    "--text",
  );
  expect(code).toBe(2);
  expect(stderr).toContain("is the slip of evidence.hold");
});
