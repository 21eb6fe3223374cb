import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { utf8Encode } from "@acta/bytes";
import { createFileHasher } from "@acta/merkle";
import { verifyProof } from "@acta/protocol";
import { type NodeProcess, providedTool, startNodeProcess } from "@acta/testing";
import { type Browser, type BrowserContext, chromium, type Download, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The first page in a real browser against a real node: what a person sees, does and takes away.

const executablePath = providedTool("chromium");
const pictures = resolve(import.meta.dirname, "../../../.cache/portal-pictures");
const FILES = { "合同.txt": "甲方与乙方约定如下。\n", "recording.bin": "sound ".repeat(500_000) } as const;
const WAIT = { timeout: 60_000 } as const;

let folder: string;
let node: NodeProcess;
let browser: Browser;

describe.skipIf(executablePath === undefined)("the first page", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "acta-portal-"));
    mkdirSync(pictures, { recursive: true });
    node = await startNodeProcess(join(folder, "data"), "--empty");
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function newContext(width = 1280): Promise<BrowserContext> {
    return browser.newContext({
      viewport: { width, height: 900 },
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
  }

  async function open(context: BrowserContext, language: "zh" | "en" = "zh"): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${node.url}/?lang=${language}`);
    await page.locator(".foot b").waitFor(WAIT);
    return page;
  }

  test("deposits dropped files with one signature, and their slips verify under the node's trust file", async () => {
    const context = await newContext();
    const page = await open(context);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!/^(blob:)?http/.test(request.url()) || !request.url().includes(node.url)) elsewhere.push(request.url());
    });
    await drop(page, FILES);
    await page.getByRole("heading", { name: "一次签署，存证 2 个文件" }).waitFor(WAIT);
    await page.getByLabel("说明（可不填）").fill("现场录音");
    await page.screenshot({ path: join(pictures, "sign-desktop-zh.png"), fullPage: true });
    await page.getByRole("button", { name: "签署并存证 2 个文件" }).click();
    await page.locator(".deposits .st.valid").nth(1).waitFor(WAIT);
    await page.screenshot({ path: join(pictures, "entered-desktop-zh.png"), fullPage: true });

    const downloads: Download[] = [];
    page.on("download", (download) => downloads.push(download));
    await page.getByRole("button", { name: "保存全部凭条（2）" }).click();
    await expect.poll(() => downloads.length, WAIT).toBe(2);
    const trust = new Uint8Array(await (await fetch(`${node.url}/v1/trust`)).arrayBuffer());
    for (const [name, text] of Object.entries(FILES)) {
      const download = downloads.find((each) => each.suggestedFilename() === `${name}.slip`);
      const slip = new Uint8Array(readFileSync((await download?.path()) ?? ""));
      const now = Math.floor(Date.now() / 1000);
      const verdict = verifyProof(slip, trust, { now, file: createFileHasher().update(utf8Encode(text)).finish() });
      expect(verdict).toMatchObject({ verdict: "valid", file: "same", action: "deposit" });
      expect(verdict.outcome?.verdict).toBe("accepted");
      expect(verdict.disclosures?.map(({ value }) => value)).toContain("现场录音");
    }
    expect(await page.getByText("凭条都已保存。").isVisible()).toBe(true);
    expect(elsewhere).toEqual([]);

    const slip = readFileSync((await downloads[0]?.path()) ?? "");
    await drop(page, { "any.slip": [...slip], "other.txt": "another file" });
    await page.getByText("不是同一份文件", { exact: true }).waitFor(WAIT);
    await context.close();
  });

  test("goes on after a reload with what was signed while the node could not be reached", async () => {
    const context = await newContext(390);
    const page = await open(context, "en");
    await page.route("**/v1/transactions", (route) => route.abort());
    await page.locator("input[type=file]").setInputFiles({
      name: "message.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Friday at the latest."),
    });
    await page.screenshot({ path: join(pictures, "home-phone-en.png"), fullPage: true });
    await page.getByRole("button", { name: "Sign and deposit" }).click();
    await page.getByRole("heading", { name: "The node does not answer" }).waitFor(WAIT);
    expect(await page.getByText("Not entered yet").isVisible()).toBe(true);
    await page.unroute("**/v1/transactions");
    await page.reload();
    await page.locator(".deposits .st.valid").waitFor(WAIT);
    expect(await page.locator(".deposits tbody tr").count()).toBe(1);
    await page.screenshot({ path: join(pictures, "entered-phone-en.png"), fullPage: true });
    await page.reload();
    await page.getByText("message.txt").waitFor(WAIT);
    await context.close();
  });

  test("speaks both languages, is whole at 360 pixels with large text, and lets nothing in from elsewhere", async () => {
    const policy = (await fetch(`${node.url}/`)).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    const context = await newContext(360);
    const page = await open(context);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("多家机构一起记下，谁也改不了的事实");
    await page.screenshot({ path: join(pictures, "home-phone-zh.png"), fullPage: true });
    await page.getByRole("button", { name: "大字" }).click();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    await page.getByRole("button", { name: "EN" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/^Facts that several institutions/);
    expect(await page.evaluate("document.documentElement.lang")).toBe("en");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    await context.close();
    const wide = await open(await newContext(), "en");
    await wide.screenshot({ path: join(pictures, "home-desktop-en.png"), fullPage: true });
    await wide.keyboard.press("Tab");
    expect(await wide.evaluate("document.activeElement.textContent")).toBe("Skip to content");
    await wide.context().close();
  });
});

/** Drops files anywhere on the page, as a hand would. */
async function drop(page: Page, files: Readonly<Record<string, string | readonly number[]>>): Promise<void> {
  const given = JSON.stringify(Object.entries(files));
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const [name, content] of ${given})
      transfer.items.add(new File([typeof content === "string" ? content : new Uint8Array(content)], name));
    return transfer;
  })()`);
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
