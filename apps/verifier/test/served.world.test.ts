import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { acta, type NodeProcess, providedTool, startNodeProcess } from "@acta/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AUDIT, builtHash, launch, open, PAGE, textOf } from "./browser.ts";

const executable = providedTool("chromium");

describe.skipIf(!executable)("the verifier page with slips of a real node", () => {
  let browser: Browser;
  let node: NodeProcess;
  const folder = mkdtempSync(join(tmpdir(), "acta-served-"));
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    if (!existsSync(PAGE)) throw new Error("The verifier page is not built. Run: npm run build");
    browser = await launch(executable ?? "");
    node = await startNodeProcess(at("data"), "--empty");
    writeFileSync(at("statement.txt"), "On the night of the 4th I was at home.\n");
    writeFileSync(at("photograph.raw"), Buffer.alloc(5_000_001, "light"));
    const world = { node: node.url, folder };
    const files = ["statement.txt", "photograph.raw"];
    const key = at("data/keys/depositor.key");
    const deposit = await acta(["evidence", "deposit", ...files, "--key", key, "--out", "slips"], world);
    expect(deposit, deposit.stderr).toMatchObject({ code: 0 });
    const trust = await acta(["trust", "export", "--out", "demo.trust"], world);
    expect(trust, trust.stderr).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await browser?.close();
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("says of the deposited files that they are the same, of a demo ledger", async () => {
    const { page, complaints } = await open(browser);
    await put(page, "photograph.raw", "slips/photograph.raw.slip", "demo.trust");
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await expectWords(
      page,
      "zh",
      "有效",
      "文件相同",
      "一字节不差",
      "文件存证",
      "5,000,001 字节",
      "示例账本",
      "主体由签署所用的密钥得出",
    );
    await expectWords(page, "en", "Valid", "file is the same", "byte for byte", "Deposit a file", "Demo ledger");
    expect(await page.evaluate(AUDIT)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("says of a deposit and of the document that describes it which is which, and what was compared", async () => {
    const device = { "@type": "https://ontology.unifiedcyberontology.org/uco/observable/Device" };
    writeFileSync(at("case.json"), JSON.stringify(device));
    const key = at("data/keys/depositor.key");
    const words = [
      "evidence",
      "deposit",
      "statement.txt",
      "--description",
      "case.json",
      "--key",
      key,
      "--out",
      "described",
    ];
    expect(await acta(words, { node: node.url, folder })).toMatchObject({ code: 0 });
    const { page } = await open(browser);
    await put(page, "case.json", "described/statement.txt.slip", "demo.trust");
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await expectWords(
      page,
      "zh",
      "2 份文件比对了 1 份",
      "说明文件（如 CASE 文档）",
      "与 case.json 一字节不差",
      "没有比对",
    );
    await put(page, "statement.txt");
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await expectWords(page, "zh", "2 份文件都相同", "与 statement.txt 一字节不差");
    await expectWords(page, "en", "2 files are the same", "the same as case.json, byte for byte");
    expect(await page.locator(".notice").count()).toBe(0);
    expect(await page.evaluate(AUDIT)).toEqual([]);
    await page.context().close();
  });

  test("catches one changed byte of the file, and says that the slip itself is valid", async () => {
    const changed = readFileSync(at("photograph.raw"));
    changed[4_999_999] = (changed[4_999_999] ?? 0) ^ 1;
    writeFileSync(at("changed.raw"), changed);
    const { page } = await open(browser);
    await put(page, "changed.raw", "slips/photograph.raw.slip", "demo.trust");
    await page.waitForSelector('#verdict[data-reason="wrong-file"]');
    await expectWords(page, "zh", "不是同一份文件", "大小相同，内容不同", "凭条本身有效");
    await expectWords(page, "en", "Not the same file", "at least one byte differs", "The slip itself is valid");
    await page.context().close();
  });

  test("catches one changed bit of the slip, wherever it is", async () => {
    const slip = readFileSync(at("slips/statement.txt.slip"));
    const { page } = await open(browser, { language: "en" });
    for (let index = 1; index < slip.length; index += Math.ceil(slip.length / 25)) {
      const changed = Buffer.from(slip);
      changed[index] = (changed[index] ?? 0) ^ 1;
      writeFileSync(at("changed.slip"), changed);
      await put(page, "changed.slip", "statement.txt", "demo.trust");
      await page.waitForSelector("#verdict");
      expect(await page.textContent("h1"), `byte ${index}`).not.toContain("Valid");
      await page.click("#another");
      await page.waitForSelector("#choose");
    }
    await page.context().close();
  });

  test("says that a deposit still waiting is no slip yet", async () => {
    copyFileSync(at("slips/statement.txt.slip"), at("statement.txt.slip.pending"));
    const { page } = await open(browser, { language: "en" });
    await put(page, "statement.txt.slip.pending", "demo.trust");
    await page.waitForSelector(".notice");
    expect(await textOf(page)).toContain("statement.txt.slip.pending is not a slip yet");
    await page.context().close();
  });

  test("served by the node, uses its trust file, says who gave it, and shows the same hash", async () => {
    const { page, complaints } = await open(browser, { url: `${node.url}/verifier.html` });
    await expectWords(page, "zh", `信任文件由 ${node.url} 在打开本页时提供`, "请核对指纹");
    expect((await page.textContent("#own-hash"))?.replaceAll(" ", "")).toBe(builtHash());
    await put(page, "statement.txt", "slips/statement.txt.slip");
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await expectWords(page, "en", "file is the same", `Trust file given by ${node.url}`, "compare the fingerprint");
    await put(page, "demo.trust");
    await page.getByText("Trust file that you put in: demo.trust").first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("works from a copy saved while it was served, with the network off", async () => {
    const served = await fetch(`${node.url}/verifier.html`);
    writeFileSync(at("saved.html"), await served.text());
    const { page } = await open(browser, { url: pathToFileURL(at("saved.html")).href });
    await page.context().setOffline(true);
    await put(page, "slips/statement.txt.slip", "statement.txt");
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await expectWords(page, "en", "file is the same", `given by ${node.url}`);
    await page.context().close();
  });

  test("hashes a large file in slices, shows how far it is, and stops when told to", async () => {
    writeFileSync(at("film.mp4"), "");
    for (let part = 0; part < 12; part++) appendFileSync(at("film.mp4"), Buffer.alloc(10_000_000, part + 1));
    const { page } = await open(browser, { language: "en" });
    await put(page, "film.mp4", "slips/statement.txt.slip", "demo.trust");
    await page.getByText(/Fingerprint of film.mp4: [1-9].* MB/).waitFor();
    await page.click("#cancel");
    await page.waitForSelector("#verdict");
    expect(await textOf(page)).toContain("Stopped. film.mp4 was not compared.");
    expect(await page.textContent("h1")).toContain("file not compared");
    await put(page, "film.mp4");
    await page.waitForSelector('#verdict[data-reason="wrong-file"]');
    expect(await textOf(page)).toContain("120,000,000");
    await page.context().close();
  });

  async function put(page: Page, ...names: readonly string[]): Promise<void> {
    await page.setInputFiles("#picker", names.map(at));
  }

  async function expectWords(page: Page, language: "zh" | "en", ...words: readonly string[]): Promise<void> {
    await page.click(`#language-${language}`);
    const text = await textOf(page);
    for (const each of words) expect(text).toContain(each);
  }
});
