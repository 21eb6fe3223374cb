import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acta, type NodeProcess, startNodeProcess } from "@acta/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let node: NodeProcess;
let number: string;

const run = (...words: string[]) => acta(words, { node: node.url, folder });
const json = async (...words: string[]) => JSON.parse((await run(...words, "--json")).stdout);
const depositor = (): string => join(folder, "data", "keys", "depositor.key");
const withdraw = (expects: string) =>
  run("call", "evidence", "withdraw", "--input", "input.json", "--key", depositor(), "--expects", expects);
const see = (out: string) => run("record", "get", "evidence", "deposit", number, "--out", out);
const custody = () => run("evidence", "custody", "slips/note.txt.slip", "--event", "examined", "--key", depositor());

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-expects-"));
  node = await startNodeProcess(join(folder, "data"), "--empty");
  writeFileSync(join(folder, "note.txt"), "a note");
  await run("trust", "export", "--out", "ledger.trust");
  await run("evidence", "deposit", "note.txt", "--key", depositor(), "--out", "slips");
  number = (await json("verify", "slips/note.txt.slip", "--trust", "ledger.trust")).input.deposit;
  writeFileSync(join(folder, "input.json"), JSON.stringify({ deposit: number }));
});

afterAll(async () => {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a call that expects what a kept proof shows is refused after somebody changed it", async () => {
  expect((await see("seen.proof")).code).toBe(0);
  expect((await custody()).code).toBe(0);
  const { code, stdout } = await withdraw("seen.proof");
  expect(stdout).toContain("Refused: ledger / record-changed");
  expect(code).toBe(1);
});

test("a record without a hash is read and verified at once, one with an old hash is refused", async () => {
  const listed = { contract: "evidence", record: "deposit", key: [number] };
  writeFileSync(join(folder, "old.json"), JSON.stringify([{ ...listed, valueHash: "ab".repeat(32) }]));
  expect((await withdraw("old.json")).stdout).toContain("ledger / record-changed");
  writeFileSync(join(folder, "absent.json"), JSON.stringify([{ ...listed, valueHash: null }]));
  expect((await withdraw("absent.json")).stdout).toContain("ledger / record-changed");
  writeFileSync(join(folder, "now.json"), JSON.stringify([listed]));
  const input = join(folder, "input.json");
  const { code, stdout } = await run(
    "call",
    "evidence",
    "withdraw",
    "--input",
    input,
    "--key",
    depositor(),
    "--expects",
    "now.json",
  );
  expect([code, stdout]).toEqual([0, expect.stringContaining("Entered in block")]);
});

test("what is neither a kept proof nor such a list is answered in words", async () => {
  writeFileSync(join(folder, "wrong.json"), JSON.stringify([{ contract: "evidence", record: "none", key: [] }]));
  expect((await withdraw("wrong.json")).stderr).toContain("evidence has no record none");
  writeFileSync(join(folder, "broken.json"), "[");
  expect((await withdraw("broken.json")).stderr).toContain("is not JSON");
  expect((await withdraw("slips/note.txt.slip")).stderr).toContain("shows no record");
  expect((await withdraw("note.txt")).code).toBe(2);
});

test("a contract without totals, or a record without versions, is said to have none", async () => {
  const total = await run("total", "evidence", "deposits");
  expect([total.code, total.stderr]).toEqual([2, expect.stringContaining("It keeps none.")]);
  const record = await run("record", "get", "evidence", "deposit", number, "--as-of", "3");
  expect([record.code, record.stderr]).toEqual([2, expect.stringContaining("keeps no closed versions")]);
});
