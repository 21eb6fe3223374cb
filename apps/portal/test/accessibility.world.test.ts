import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessibilityFaults, type NodeProcess, providedTool, startNodeProcess } from "@acta/testing";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const executablePath = providedTool("chromium");
const WAIT = { timeout: 60_000 } as const;
const LOOKS = [
  ["desktop", 1280, "light"],
  ["dark", 1280, "dark"],
  ["phone", 360, "light"],
] as const;

type GivenFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

const file = (name: string, content: string | Buffer): GivenFile => ({
  name,
  mimeType: "",
  buffer: Buffer.from(content),
});

describe.skipIf(executablePath === undefined)("every state of the portal keeps to WCAG 2.2 AA", () => {
  let folder: string;
  let node: NodeProcess;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "acta-portal-axe-"));
    node = await startNodeProcess(join(folder, "data"), "--empty");
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox", "--disable-gpu"] });
  });

  afterAll(async () => {
    await browser?.close();
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(width = 1280, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(`${node.url}/?lang=en`);
    await page.locator(".foot b").waitFor(WAIT);
    return page;
  }

  test.each(LOOKS)("on %s, from the first file to the verdict on its slip", async (name, width, scheme) => {
    const page = await open(width, scheme);
    await expectNoFaults(page);
    await page.evaluate('document.body.classList.add("over")');
    await expectNoFaults(page);
    await page.evaluate('document.body.classList.remove("over")');

    const exhibit = file("exhibit.txt", `seen on ${name}`);
    await page.locator(".drop input[type=file]").setInputFiles([exhibit, file("second.txt", name)]);
    await page.locator("#sign-heading").waitFor(WAIT);
    await page.locator(".signing input[type=file]").setInputFiles([file("broken.json", "{")]);
    await page.getByText("broken.json is not whole as JSON").waitFor(WAIT);
    await expectNoFaults(page);
    await page.locator(".signing input[type=file]").setInputFiles([file("case.json", CASE)]);
    await page.getByText("Taken: case.json").waitFor(WAIT);
    await page.getByRole("button", { name: "Sign and deposit 2 files" }).click();
    await page.locator(".deposits .st.valid").nth(1).waitFor(WAIT);
    await expectNoFaults(page);

    const downloading = page.waitForEvent("download", WAIT);
    await page.getByRole("button", { name: "Save slip: exhibit.txt" }).click();
    const slip = file("exhibit.txt.slip", readFileSync(await (await downloading).path()));
    for (const [other, words] of [
      [exhibit, "Genuine, and this is the file"],
      [file("case.json", CASE), "Genuine, and this is its description"],
      [file("x.txt", "another"), "Not the same file"],
    ] as const) {
      await page.locator(".drop input[type=file]").setInputFiles([slip, other]);
      await page.getByText(words, { exact: true }).waitFor(WAIT);
      await expectNoFaults(page);
    }
    await page.context().close();
  });

  test("with what waits, and with what the node turned away for good", async () => {
    const page = await open(360);
    await page.route("**/v1/transactions", (route) => route.abort());
    await deposit(page, "waits.txt");
    await page.getByRole("heading", { name: "The node does not answer" }).waitFor(WAIT);
    await expectNoFaults(page);
    await page.unroute("**/v1/transactions");
    await page.getByRole("button", { name: "Go on", exact: true }).click();
    await page.locator(".deposits .st.valid").waitFor(WAIT);

    // One bit of the signature is changed on its way: the node itself refuses it.
    await page.route("**/v1/transactions", (route) => {
      const body = Buffer.from(route.request().postDataBuffer() ?? Buffer.alloc(0));
      body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
      return route.continue({ postData: body });
    });
    await deposit(page, "refused.txt");
    await page.getByText("Not taken", { exact: true }).waitFor(WAIT);
    expect(await page.locator(".deposits").textContent()).toContain("sending it again does not help");
    expect(await page.getByText(/Send now what waits/).count()).toBe(0);
    await expectNoFaults(page);
    await page.getByRole("button", { name: "Take off the list: refused.txt" }).click();
    await page.reload();
    await page.locator(".deposits .st.valid").waitFor(WAIT);
    expect(await page.locator(".deposits tbody tr").count()).toBe(1);
    await page.context().close();
  });

  test("and a slip is checked with the keyboard alone", async () => {
    const page = await open();
    await deposit(page, "typed.txt");
    const downloading = page.waitForEvent("download", WAIT);
    await page.getByRole("button", { name: "Save slip: typed.txt" }).click();
    const slip = file("typed.txt.slip", readFileSync(await (await downloading).path()));
    await page.reload();
    await page.locator(".deposits .st.valid").waitFor(WAIT);
    const chosen = page.waitForEvent("filechooser", WAIT);
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate('document.activeElement.matches(".drop input[type=file]")')) break;
    }
    await page.keyboard.press("Enter");
    await (await chosen).setFiles([slip, file("typed.txt", "typed.txt")]);
    await page.getByText("Genuine, and this is the file", { exact: true }).waitFor(WAIT);
    await expect.poll(() => page.evaluate("document.activeElement.id"), WAIT).toBe("checked-heading");
    await page.context().close();
  });
});

const CASE = JSON.stringify({
  "@context": { "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/" },
  "@type": "uco-observable:Device",
});

async function deposit(page: Page, name: string): Promise<void> {
  await page.locator(".drop input[type=file]").setInputFiles([file(name, name)]);
  await page.getByRole("button", { name: "Sign and deposit" }).click(WAIT);
}

async function expectNoFaults(page: Page): Promise<void> {
  for (const language of ["中文", "EN"]) {
    await page.getByRole("button", { name: language, exact: true }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
  }
}
