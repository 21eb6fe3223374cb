import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const root = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");

/** The verifier page as it was built: one file. */
export const verifierPage = join(root, "apps/verifier/dist/verifier.html");

/** Starts Chromium; without a path the one that Playwright knows. */
export function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens the page that was saved to disk, with the network off, in a language. */
export async function openVerifierPage(browser: Browser, language: "zh" | "en"): Promise<Page> {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(verifierPage).href}?lang=${language}`);
  return page;
}

/** Puts files into the page and waits for a heading with these words: the whole heading. */
export async function judgeInPage(page: Page, files: readonly string[], words: string): Promise<string> {
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles([...files]);
  const heading = page.getByRole("heading", { level: 1 });
  await heading.getByText(words).waitFor({ timeout: 120_000 });
  return (await heading.textContent()) ?? "";
}
