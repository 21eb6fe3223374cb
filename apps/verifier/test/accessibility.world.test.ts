import { accessibilityFaults, providedTool } from "@acta/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, type Opening, open } from "./browser.ts";
import { cases, fromVector, given } from "./cases.ts";

const executable = providedTool("chromium");
const LOOKS = [
  ["desktop", { width: 1280 }],
  ["dark", { width: 1280, dark: true }],
  ["phone", { width: 360 }],
] as const satisfies readonly (readonly [string, Opening])[];

describe.skipIf(!executable)("every state of the verifier keeps to WCAG 2.2 AA", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(executable ?? "");
  });

  afterAll(async () => {
    await browser?.close();
  });

  describe.each(LOOKS)("%s", (_name, look) => {
    test("before anything is put in, and while files are held over the page", async () => {
      const { page } = await open(browser, look);
      await expectNoFaults(page);
      await page.evaluate('document.body.classList.add("over")');
      await expectNoFaults(page);
      await page.context().close();
    });

    test.each([
      "a fresh receipt",
      "a tampered slip",
      "a slip that has to be renewed",
      "a receipt without a trust file",
    ])("with the verdict on %s, its proof opened", async (title) => {
      const { files, now } = cases.find((each) => each.title === title) ?? { files: [] };
      const { page } = await open(browser, { ...look, now });
      await page.setInputFiles("#picker", [...files]);
      await page.waitForSelector("#verdict");
      await page.click("#drawer summary");
      await expectNoFaults(page);
      await page.context().close();
    });

    test("with a list of several verdicts and a notice", async () => {
      const { proof, trust, now } = fromVector("four validators, two signers", "one.receipt");
      const damaged = given("two.slip", Buffer.concat([proof.buffer.subarray(0, -1), Buffer.of(9)]));
      const { page } = await open(browser, { ...look, now });
      await page.setInputFiles("#picker", [proof, damaged, trust, given("x.pending", Buffer.of(1))]);
      await page.waitForSelector("#list .notice");
      await expectNoFaults(page);
      await page.context().close();
    });
  });

  test("a fault that is planted is seen", async () => {
    const { page } = await open(browser);
    await page.evaluate('document.querySelector("main").append(document.createElement("button"))');
    expect(await accessibilityFaults(page)).toEqual([expect.stringMatching(/^button-name /)]);
    await page.context().close();
  });

  test("and a proof is checked, looked into and put away with the keyboard alone", async () => {
    const { proof, trust, now } = fromVector("four validators, two signers", "one.receipt");
    const { page } = await open(browser, { now, language: "en" });
    const chooser = page.waitForEvent("filechooser");
    await tabTo(page, "#choose");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles([proof, trust]);
    await page.waitForSelector('#verdict[data-reason="valid"]');
    expect(await page.evaluate("document.activeElement.id")).toBe("heading");
    await tabTo(page, "#drawer summary");
    await page.keyboard.press("Enter");
    await page.getByText("votes of validators").waitFor();
    await page.keyboard.press("Shift+Tab");
    await tabTo(page, "#another");
    await page.keyboard.press("Space");
    await page.waitForSelector("#choose");
    await page.context().close();
  });
});

async function expectNoFaults(page: Page): Promise<void> {
  for (const language of ["zh", "en"]) {
    await page.click(`#language-${language}`);
    expect(await accessibilityFaults(page)).toEqual([]);
  }
}

// Once round the page at most, in the direction of reading.
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}
