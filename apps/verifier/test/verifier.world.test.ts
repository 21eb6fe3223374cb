import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providedTool } from "@acta/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AS_CHROMIUM_87, AUDIT, builtHash, launch, open, PAGE, textOf } from "./browser.ts";
import { cases, fromVector, given, type VerdictCase } from "./cases.ts";

const executable = providedTool("chromium");
const shots = process.env["ACTA_SHOTS"] ?? mkdtempSync(join(tmpdir(), "acta-verifier-"));

describe.skipIf(!executable)("the verifier page, from disk, with the network off", () => {
  let browser: Browser;

  beforeAll(async () => {
    if (!existsSync(PAGE)) throw new Error("The verifier page is not built. Run: npm run build");
    browser = await launch(executable ?? "");
  });

  afterAll(async () => {
    await browser?.close();
    if (!process.env["ACTA_SHOTS"]) rmSync(shots, { recursive: true, force: true });
  });

  test("weighs no more than 400 kB and holds everything", () => {
    expect(statSync(PAGE).size).toBeLessThanOrEqual(400_000);
    const page = readFileSync(PAGE, "utf8");
    expect(page).toContain("<!--acta:trust--><!--/acta:trust-->");
    expect(page).not.toMatch(/\b(src|href)="(?!data:)/);
  });

  describe.each(cases)("$title", (each: VerdictCase) => {
    test.each([1280, 390])("says so in both languages, %d wide", async (width) => {
      const { page, complaints } = await open(browser, { width, now: each.now });
      await put(page, each.files);
      await page.waitForSelector(`#verdict[data-reason="${each.reason}"]`);
      expect(await focused(page)).toBe("heading");
      for (const language of ["zh", "en"] as const) {
        await page.click(`#language-${language}`);
        const text = await textOf(page);
        for (const words of each[language]) expect(text).toContain(words);
        await page.screenshot({ path: shot(each.title, width, language), fullPage: true });
        expect(await page.evaluate(AUDIT)).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  test("never says valid, in either language, where the verdict is another", async () => {
    for (const { files, now, reason } of cases.filter((each) => each.reason !== "valid")) {
      const { page } = await open(browser, { now });
      await put(page, files);
      await page.waitForSelector(`#verdict[data-reason="${reason}"]`);
      for (const language of ["zh", "en"]) {
        await page.click(`#language-${language}`);
        expect(await page.textContent("h1")).not.toMatch(/有效|Valid/);
      }
      await page.context().close();
    }
  });

  test("takes files in any order, one at a time, and checks anew", async () => {
    const { now, proof, trust } = fromVector("four validators, two signers", "entry.receipt");
    const { page } = await open(browser, { now, language: "en" });
    await put(page, [proof]);
    await page.waitForSelector('#verdict[data-reason="no-trust-file"]');
    await put(page, [given("notes.txt", Buffer.from("hello")), trust]);
    // The one proof and the one file are held against each other: the receipt speaks of no file.
    await page.waitForSelector('#verdict[data-reason="no-file"]');
    await page.click("#another");
    await put(page, [proof]);
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await page.context().close();
  });

  test("takes files that are dropped anywhere", async () => {
    const { now, proof, trust } = fromVector("four validators, two signers", "entry.receipt");
    const { page } = await open(browser, { now });
    const files = [proof, trust].map(({ name, buffer }) => ({ name, base64: buffer.toString("base64") }));
    await page.evaluate(`(() => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of ${JSON.stringify(files)})
        transfer.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name));
      dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    })()`);
    await page.waitForSelector('#verdict[data-reason="valid"]');
    await page.context().close();
  });

  test("lists several proofs, opens each, and goes back", async () => {
    const one = fromVector("four validators, two signers", "one.receipt");
    const two = fromVector("four validators, signatures hash only", "two.receipt");
    const damaged = given("three.slip", Buffer.concat([one.proof.buffer.subarray(0, -1), Buffer.of(9)]));
    const { page, complaints } = await open(browser, { now: one.now, language: "en", width: 390 });
    await put(page, [two.proof, damaged, one.proof, one.trust]);
    await page.waitForSelector("#list");
    expect(await page.textContent("h1")).toBe("3 proofs checked");
    expect(await textOf(page)).toMatch(/1 Altered\s+2 Valid/);
    await page.screenshot({ path: shot("several proofs", 390, "en"), fullPage: true });
    expect(await page.evaluate(AUDIT)).toEqual([]);
    await page.click("#open-1");
    await page.waitForSelector('#verdict[data-picture="broken"]');
    await page.click("#back");
    await page.waitForSelector("#list");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("shows the first page in both languages, dark and in large text, without flaws", async () => {
    for (const dark of [false, true])
      for (const width of [1280, 360]) {
        const { page, complaints } = await open(browser, { dark, width });
        for (const language of ["zh", "en"]) {
          await page.click(`#language-${language}`);
          await page.screenshot({ path: shot(`start${dark ? " dark" : ""}`, width, language), fullPage: true });
          expect(await page.evaluate(AUDIT)).toEqual([]);
        }
        await page.click("#large");
        expect(await page.evaluate(AUDIT)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.context().close();
      }
  });

  test("works by keyboard alone", async () => {
    const { page } = await open(browser, { language: "en" });
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    const chooser = page.waitForEvent("filechooser");
    for (let presses = 0; (await focused(page)) !== "choose"; presses++) {
      expect(presses).toBeLessThan(10);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    expect((await chooser).isMultiple()).toBe(true);
    await page.context().close();
  });

  test("remembers nothing that was checked, but the language", async () => {
    const { page } = await open(browser);
    expect(await page.textContent("h1")).toBe("验证");
    await page.click("#language-en");
    await page.goto(PAGE.href);
    expect(await page.textContent("h1")).toBe("Check a proof");
    await page.context().close();
  });

  test("can ask nobody anything", async () => {
    const { page } = await open(browser);
    await page.context().setOffline(false);
    const blocked = await page.evaluate(`Promise.all([
      fetch("http://127.0.0.1:9/").then(() => "went out", String),
      new Promise((done) => { addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective)); new Image().src = "http://127.0.0.1:9/a.png"; }),
    ])`);
    expect(blocked).toEqual([expect.stringContaining("TypeError"), expect.stringMatching(/-src$/)]);
    await page.context().close();
  });

  test("shows the hash that the build wrote down, also with a trust file put in", async () => {
    const { page } = await open(browser);
    expect((await page.textContent("#own-hash"))?.replaceAll(" ", "")).toBe(builtHash());
    await page.context().close();
  });

  test("saves a report that stands by itself and prints", async () => {
    const { now, proof, trust } = fromVector("file value of 2,500,000 bytes", "deed.slip");
    const { page } = await open(browser, { now, language: "en" });
    await put(page, [proof, trust]);
    await page.waitForSelector("#verdict");
    const download = page.waitForEvent("download");
    await page.click("#save");
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("deed.slip.report.html");
    const report = readFileSync(await saved.path(), "utf8");
    expect(report).toContain("Valid; file not compared");
    expect(report).toContain("2,500,000 bytes");
    expect(report).not.toContain("<script");
    await page.pdf({ path: join(shots, "deed.pdf"), format: "A4" });
    await page.context().close();
  });

  test("works in a browser with no more than Chromium 87 had", async () => {
    for (const each of cases.filter(({ reason }) => reason === "valid" || reason === "wrong-result")) {
      const { page, complaints } = await open(browser, { now: each.now, before: AS_CHROMIUM_87 });
      await put(page, each.files);
      await page.waitForSelector(`#verdict[data-reason="${each.reason}"]`);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  function shot(title: string, width: number, language: string): string {
    return join(shots, `${title.replaceAll(" ", "-")}-${width}-${language}.png`);
  }
});

async function put(page: Page, files: VerdictCase["files"]): Promise<void> {
  await page.setInputFiles("#picker", [...files]);
}

async function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.id");
}
