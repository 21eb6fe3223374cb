import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

/** The built page on disk. */
export const PAGE = new URL("../dist/verifier.html", import.meta.url);

/** Starts Chromium so that it asks nothing of anyone by itself. */
export function launch(executablePath: string): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", ...quiet] });
}

/** How a page is opened. */
export type Opening = {
  readonly width?: number;
  readonly language?: "zh" | "en";
  readonly now?: string | undefined;
  /** Where the page comes from; by default from disk, with the network off. */
  readonly url?: string;
  readonly dark?: boolean;
  /** Runs in the page before everything else. */
  readonly before?: string;
};

/** A page, and what it asked for or complained about: nothing, if all is well. */
export type OpenPage = { readonly page: Page; readonly complaints: readonly string[] };

/** Opens the page in a fresh profile in Shanghai. */
export async function open(browser: Browser, opening: Opening = {}): Promise<OpenPage> {
  const { width = 1280, language, now, url = PAGE.href, dark = false, before } = opening;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    colorScheme: dark ? "dark" : "light",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(url) || /^(blob|data):/.test(request.url());
    if (!isOwn) complaints.push(`asked for ${request.url()}`);
  });
  if (now) await page.clock.setFixedTime(new Date(now));
  if (before) await page.addInitScript(before);
  if (url === PAGE.href) await context.setOffline(true);
  await page.goto(language === undefined ? url : `${url}?lang=${language}`);
  return { page, complaints };
}

/** What a reader sees in the main part, line by line. */
export async function textOf(page: Page): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is seen counts.
  return page.innerText("main");
}

/** The hash of style and script that the build wrote down, hex. */
export function builtHash(): string {
  return readFileSync(fileURLToPath(new URL("../dist/verifier.sha256", import.meta.url)), "utf8").slice(0, 64);
}

/**
 * What is wrong with the page for people who do not see, or see badly, as sentences: nameless controls, drawings that
 * are read out, headings that skip, text of too little contrast, controls too small to hit, a page wider than its window.
 */
export const AUDIT = `(() => {
  const findings = [];
  const visible = (each) => each.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const nameOf = (each) => (each.getAttribute("aria-label") || each.textContent || "").trim();
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  if (!["zh-Hans", "en"].includes(document.documentElement.lang)) findings.push("the page does not say its language");
  if (document.title === "") findings.push("the page has no title");
  if (all("h1").length !== 1) findings.push("there is not exactly one first heading");
  if (!document.querySelector("main")) findings.push("there is no main part");
  for (const control of all("button, a, summary, input")) {
    if (nameOf(control) === "") findings.push("a control has no name: " + control.outerHTML.slice(0, 80));
    const { height } = control.getBoundingClientRect();
    if (height < 24 && !control.classList.contains("skip")) findings.push("too small to hit: " + nameOf(control));
  }
  for (const drawing of document.querySelectorAll("svg"))
    if (drawing.getAttribute("aria-hidden") !== "true") findings.push("a drawing is read out");
  let level = 0;
  for (const heading of all("h1, h2, h3")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1 && level > 0) findings.push("a heading skips a level: " + heading.textContent);
    level = own;
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const owner = text.parentElement;
    if (text.data.trim() === "" || !visible(owner) || owner.closest(".vh, script, style, noscript")) continue;
    const [one, other] = [getComputedStyle(owner).color, behind(owner)].map(luminance).sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) findings.push("contrast " + ratio.toFixed(1) + ": " + text.data.trim().slice(0, 40));
  }
  if (document.documentElement.scrollWidth > innerWidth) findings.push("the page is wider than its window");
  return findings;
})()`;

/** Takes away what came after Chromium 87, as far as it can be taken away. */
export const AS_CHROMIUM_87 = `
  for (const [owner, names] of [
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
    [Object.getPrototypeOf(Uint8Array.prototype), ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]],
    [Uint8Array, ["fromHex", "fromBase64"]],
    [Uint8Array.prototype, ["toHex", "toBase64", "setFromHex", "setFromBase64"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]],
    [Object, ["hasOwn", "groupBy"]],
    [Map, ["groupBy"]],
    [Promise, ["withResolvers", "try"]],
    [Set.prototype, ["union", "intersection", "difference", "isSubsetOf"]],
    [self, ["structuredClone", "Iterator"]],
    [Crypto.prototype, ["randomUUID"]],
  ]) for (const name of names) delete owner[name];
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
    if (algorithm === "Ed25519" || algorithm.name === "Ed25519")
      return Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
    return importKey.call(this, format, key, algorithm, ...rest);
  };
`;
