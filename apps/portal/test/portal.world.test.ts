import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { utf8Encode } from "@acta/bytes";
import { createFileHasher } from "@acta/merkle";
import { verifyProof } from "@acta/protocol";
import { type NodeProcess, providedTool, startNodeProcess } from "@acta/testing";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The first page in a real browser against a real node: what a person sees, does and takes away.

const executablePath = providedTool("chromium");
const pictures = resolve(import.meta.dirname, "../../../.cache/portal-pictures");
const FILES = { "合同.txt": "甲方与乙方约定如下。\n", "recording.bin": "sound ".repeat(500_000) } as const;
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
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
      args: [...ARGUMENTS],
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

    const trust = new Uint8Array(await (await fetch(`${node.url}/v1/trust`)).arrayBuffer());
    const slips = new Map<string, Uint8Array>();
    for (const [name, text] of Object.entries(FILES)) {
      const slip = await saved(page, `保存凭条：${name}`, `${name}.slip`);
      slips.set(`${name}.slip`, slip);
      const now = Math.floor(Date.now() / 1000);
      const verdict = verifyProof(slip, trust, { now, file: createFileHasher().update(utf8Encode(text)).finish() });
      expect(verdict).toMatchObject({ verdict: "valid", file: "same", action: "deposit" });
      expect(verdict.outcome?.verdict).toBe("accepted");
      expect(verdict.disclosures?.map(({ value }) => value)).toContain("现场录音");
    }
    const archive = await saved(page, "打包保存全部凭条（2）", "acta-slips.zip");
    const packed = filesIn(archive);
    expect([...packed.keys()].sort()).toEqual([...slips.keys(), "verdicts.csv"].sort());
    for (const [name, slip] of slips) expect(packed.get(name)).toEqual(slip);
    expect(await page.getByText("凭条都已保存。").isVisible()).toBe(true);
    expect(elsewhere).toEqual([]);

    const [slip = new Uint8Array()] = slips.values();
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

  test("a deposit can be made with the keyboard alone", async () => {
    const context = await newContext();
    const page = await open(context, "en");
    // Asked for well before the key, so that the browser hands the choice to the test.
    const chosen = page.waitForEvent("filechooser", WAIT);
    await tabTo(page, "input[type=file]");
    await page.keyboard.press("Enter");
    await (await chosen).setFiles({ name: "typed.txt", mimeType: "text/plain", buffer: Buffer.from("by keyboard") });
    await page.getByRole("heading", { name: "Deposit 1 file" }).waitFor(WAIT);
    expect(await page.evaluate("document.activeElement.id")).toBe("sign-heading");
    await tabTo(page, "#description");
    await page.keyboard.type("typed");
    await page.keyboard.press("Enter");
    await page.locator(".deposits .st.valid").waitFor(WAIT);
    await expect.poll(() => page.evaluate("document.activeElement.id"), WAIT).toBe("deposits-heading");
    await context.close();
  });

  test("says in the reader's words why a deposit was refused", async () => {
    // Two browsers that draw the same number for their deposits: the ledger takes it once.
    for (const expected of ["已入账", "被拒绝"]) {
      const context = await newContext();
      await context.addInitScript(`{
        const draw = crypto.getRandomValues.bind(crypto);
        crypto.getRandomValues = (array) => (array.length === 16 ? array.fill(7) : draw(array));
      }`);
      const page = await open(context);
      await drop(page, { "same-number.txt": expected });
      await page.getByRole("button", { name: "签署并存证" }).click(WAIT);
      await page.locator(".deposits").getByText(expected, { exact: true }).waitFor(WAIT);
      if (expected === "被拒绝") {
        expect(await page.getByText("该编号的存证已经存在").isVisible()).toBe(true);
        expect(await page.getByText("没有文件被接受").first().isVisible()).toBe(true);
        await page.screenshot({ path: join(pictures, "refused-desktop-zh.png"), fullPage: true });
      }
      await context.close();
    }
  });

  test("where the browser guards no key, the page keeps its bytes, says so, and deposits all the same", async () => {
    // A plain address of another name is no secure context: no WebCrypto, no locks.
    const plain = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...ARGUMENTS, "--host-resolver-rules=MAP acta.test 127.0.0.1"],
    });
    const page = await plain.newPage();
    await page.goto(`http://acta.test:${new URL(node.url).port}/?lang=en`);
    expect(await page.evaluate("isSecureContext")).toBe(false);
    await drop(page, { "plain.txt": "over a plain address" });
    await page.getByRole("button", { name: "Sign and deposit" }).click(WAIT);
    await page.locator(".deposits .st.valid").waitFor(WAIT);
    expect(await page.getByText("This browser cannot guard such a key").isVisible()).toBe(true);
    await plain.close();
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

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

/** The bytes that a button hands out as a download of this name. */
async function saved(page: Page, button: string, name: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent("download", WAIT),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(name);
  return new Uint8Array(readFileSync(await download.path()));
}

/** The files of an archive whose files are stored as they are, read by its local headers. */
function filesIn(archive: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const [size, nameLength] = [view.getUint32(at + 18, true), view.getUint16(at + 26, true)];
    const start = at + 30 + nameLength;
    files.set(new TextDecoder().decode(archive.subarray(at + 30, start)), archive.slice(start, start + size));
    at = start + size;
  }
  return files;
}

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
