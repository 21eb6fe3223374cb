import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  await run("evidence", "deposit", "note.txt", "--key", key("depositor"), "--out", ".", "--about", "A note.");
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

const CASE = {
  "@context": { "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/" },
  "@graph": [
    { "@type": "uco-observable:Device", "uco-observable:model": "Model 7", "uco-observable:serialNumber": "S-007" },
  ],
};

test("a CASE document is sealed with the deposit, compared, and listed as its author's statement", async () => {
  writeFileSync(join(folder, "case.json"), JSON.stringify(CASE));
  const deposit = ["evidence", "deposit", "note.txt", "--key", key("depositor"), "--out", "described"];
  expect((await run(...deposit, "--description", "case.json")).stdout).toBe("1 accepted.\n");
  const slip = ["described/note.txt.slip", "--trust", "ledger.trust"];
  const compared = async (file: string) =>
    JSON.parse((await run("verify", ...slip, "--file", file, "--json")).stdout).compared;
  expect([await compared("note.txt"), await compared("case.json")]).toEqual([["file"], ["descriptionFile"]]);
  const written = ["evidence", "report", ...slip, "--text", "--lang", "en"];
  const { stdout } = await run(...written, "--file", "note.txt", "--description", "case.json");
  expect(stdout).toContain("What the description says; not proved by the ledger");
  expect(stdout).toContain("Device: Model 7 · serial number S-007");
  expect((await run(...written)).stdout).toContain("A description was deposited with the file.");
  expect((await run(...written, "--description", "other.txt")).stdout).toContain("other.txt is not the description");
  const mistaken = await run(...written, "--file", "case.json");
  expect([mistaken.code, mistaken.stderr]).toEqual([2, expect.stringContaining("is not the deposited file")]);
});

test("what is no CASE document is refused before anything is sent", async () => {
  writeFileSync(join(folder, "broken.json"), '{"@graph": [');
  const deposit = ["evidence", "deposit", "note.txt", "--key", key("depositor"), "--out", "broken"];
  const { code, stderr } = await run(...deposit, "--description", "broken.json");
  expect(code).toBe(2);
  expect(stderr).toContain("broken.json is not whole as JSON");
  expect(existsSync(join(folder, "broken"))).toBe(false);
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
