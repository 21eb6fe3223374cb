import { createWriteStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasSecondReader, secondReader } from "../second-reader/run.ts";
import { acta, providedTool, sharedData, startNodeProcess } from "../src/index.ts";
import { judgeInPage, launchBrowser, openVerifierPage, verifierPage } from "./verifier-page.ts";

// The whole way of a fact: deposited at a node that is then killed and gone, and proved by three readers without it.

const forensics = sharedData();
const LARGE_BYTES = 30 * 1024 * 1024 + 17;

let folder: string;
let files: string[];

const slipOf = (path: string): string => join(folder, "slips", `${path.slice(path.lastIndexOf("/") + 1)}.slip`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "acta-first-slip-"));
  const large = join(folder, "recording.bin");
  await writeLarge(large);
  const real =
    forensics === undefined
      ? []
      : readdirSync(join(forensics, "forensics")).map((name) => join(forensics, "forensics", name));
  files = [...real, large];
  const node = await startNodeProcess(join(folder, "data"), "--empty");
  const at = { node: node.url, folder };
  await acta(["trust", "export", "--out", "ledger.trust"], at);
  const key = join(folder, "data/keys/depositor.key");
  const deposit = await acta(
    ["evidence", "deposit", ...files, "--key", key, "--out", "slips", "--about", "现场材料"],
    at,
  );
  await node.kill();
  expect(deposit.stdout).toBe(`${files.length} accepted.\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes that repeat nowhere soon, written in slices. */
async function writeLarge(path: string): Promise<void> {
  const stream = createWriteStream(path);
  const slice = Buffer.alloc(1024 * 1024);
  for (let written = 0; written < LARGE_BYTES; written += slice.length) {
    for (let at = 0; at < slice.length; at += 4) slice.writeUInt32LE((written + at * 2654435761) >>> 0, at);
    if (!stream.write(Buffer.from(slice.subarray(0, Math.min(slice.length, LARGE_BYTES - written))))) {
      await new Promise<void>((drained) => stream.once("drain", () => drained()));
    }
  }
  await new Promise<void>((ended) => stream.end(() => ended()));
}

/** A copy of a file with one bit of one byte changed. */
function changed(path: string): string {
  const bytes = readFileSync(path);
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const copy = join(folder, "changed.bin");
  writeFileSync(copy, bytes);
  return copy;
}

test("the command line verifies every slip with its file, and catches one changed byte", async () => {
  const nowhere = { node: "http://127.0.0.1:9", folder };
  for (const file of files) {
    const words = ["verify", slipOf(file), "--file", file, "--trust", "ledger.trust", "--json"];
    const { code, stdout } = await acta(words, nowhere);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "valid", file: "same", basis: "fresh" });
    expect(code).toBe(0);
  }
  const [file = ""] = files;
  const other = await acta(["verify", slipOf(file), "--file", changed(file), "--trust", "ledger.trust"], nowhere);
  expect(other.code).toBe(1);
});

describe("the second reader", async () => {
  test.skipIf(!(await hasSecondReader()))("agrees, and catches one changed byte", async () => {
    const trust = join(folder, "ledger.trust");
    for (const file of files) {
      const { code, stdout } = await secondReader(["verify", slipOf(file), "--file", file, "--trust", trust, "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({
        verdict: "valid",
        file: "same",
        outcome: "accepted",
        contract: "evidence",
      });
      expect(code).toBe(0);
    }
    const [file = ""] = files;
    expect((await secondReader(["verify", slipOf(file), "--file", changed(file), "--trust", trust])).code).toBe(1);
  });
});

describe("the page that was saved to disk", () => {
  const executablePath = providedTool("chromium");
  let browser: Browser | undefined;

  afterAll(async () => browser?.close());

  async function open(language: "zh" | "en"): Promise<Page> {
    browser ??= await launchBrowser(executablePath);
    return openVerifierPage(browser, language);
  }

  test.skipIf(executablePath === undefined)("verifies every slip with the network off, in both languages", async () => {
    expect(existsSync(verifierPage)).toBe(true);
    for (const language of ["zh", "en"] as const) {
      for (const file of files) {
        const page = await open(language);
        const given = [join(folder, "ledger.trust"), slipOf(file), file];
        const heading = await judgeInPage(page, given, language === "zh" ? "文件相同" : "file is the same");
        expect(heading).toContain(language === "zh" ? "有效" : "Valid");
        await page.context().close();
      }
    }
  });

  test.skipIf(executablePath === undefined)("says that a changed file is not the same", async () => {
    const [file = ""] = files;
    const page = await open("zh");
    const given = [join(folder, "ledger.trust"), slipOf(file), changed(file)];
    expect(await judgeInPage(page, given, "不是同一份")).not.toContain("有效");
  });
});
