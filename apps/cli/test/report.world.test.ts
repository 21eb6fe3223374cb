import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { acta, providedTool, startNodeProcess } from "@acta/testing";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const executablePath = providedTool("chromium");

describe.skipIf(executablePath === undefined)("a report in a browser", () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "acta-report-page-"));
    const node = await startNodeProcess(join(folder, "data"), "--empty");
    const run = (...words: string[]) => acta(words, { node: node.url, folder });
    const key = ["--key", join(folder, "data", "keys", "depositor.key")];
    writeFileSync(join(folder, "note.txt"), "a note");
    await run("evidence", "deposit", "note.txt", ...key, "--out", ".", "--about", "一份说明");
    for (const event of ["collected", "copied", "examined"])
      await run("evidence", "custody", "note.txt.slip", "--event", event, ...key, "--out", "acts");
    await run("trust", "export", "--out", "ledger.trust");
    const from = ["--file", "note.txt", "--trust", "ledger.trust", "--node", node.url];
    for (const language of ["zh", "en"])
      await run("evidence", "report", "note.txt.slip", ...from, "--lang", language, "--out", `${language}.html`);
    await node.stop();
    browser = await chromium.launch({ executablePath: executablePath as string, args: ["--no-sandbox"] }); // skipped without one
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(language: string, width: number): Promise<{ page: Page; asked: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => asked.push(message.text()));
    await page.goto(pathToFileURL(join(folder, `${language}.html`)).href);
    return { page, asked };
  }

  test.each(["zh", "en"])("in %s it asks nothing of any network, and fits desktop and phone", async (language) => {
    for (const width of [1280, 390]) {
      const { page, asked } = await open(language, width);
      expect(asked).toHaveLength(1);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await page.locator("tbody tr").count()).toBe(3);
      await page.close();
    }
  });

  test.each(["zh", "en"])("in %s it prints on at most four pages, the halves meeting at the seam", async (language) => {
    const { page } = await open(language, 1280);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 99).toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: "print" });
    const boxes = await Promise.all([".left", ".right"].map((half) => page.locator(`svg${half}`).boundingBox()));
    const [left, right] = boxes;
    expect(Math.abs((left?.x ?? 0) + (left?.width ?? 0) - (right?.x ?? 99))).toBeLessThan(3);
    expect(left?.y).toBe(right?.y);
    await page.close();
  });
});
