import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./install-lock.mjs";
import { root } from "./root.ts";
import { runTool } from "./run-tool.ts";
import { isTestFile, sourceFiles } from "./source-files.ts";

/** A page of the project that is built from sources. */
type Page = {
  readonly name: string;
  readonly folder: string;
  /** The file that says the page is there, in the folder. */
  readonly page: string;
  /** Everything that ends up in it. */
  readonly inputs: readonly string[];
  /** The most that a reader loads, in bytes. */
  readonly limitBytes: number;
  readonly weigh: (folder: string) => number;
};

const shared = [
  "core/*/src/**/*.{ts,json}",
  "client/*/src/**/*.{ts,json,css}",
  "applications/*/**/*.{ts,json}",
  "package-lock.json",
];

const pages: readonly Page[] = [
  {
    name: "verifier",
    folder: "apps/verifier",
    page: "dist/verifier.html",
    inputs: ["apps/verifier/{page.html,vite.config.ts,package.json}", "apps/verifier/src/**/*", ...shared],
    // It is sent by mail and kept beside receipts for decades.
    limitBytes: 400_000,
    weigh: (folder) => statSync(join(folder, "dist/verifier.html")).size,
  },
  {
    name: "portal",
    folder: "apps/portal",
    page: "dist/index.html",
    inputs: ["apps/portal/{index.html,vite.config.ts,package.json,tsconfig.json}", "apps/portal/src/**/*", ...shared],
    // As it travels, gzipped: usable in five seconds at 400 kbit/s.
    limitBytes: 200_000,
    weigh: gzippedBytes,
  },
];

/**
 * Builds the verifier page and the portal, and answers what is wrong with them, if anything.
 *
 * With `ifNeeded` a page that was built from the present sources stays. Two builds at once run one after the other.
 */
export function build({ ifNeeded }: { readonly ifNeeded: boolean }): Promise<string[]> {
  return withLock(join(root, ".cache/build.lock"), async () => {
    const problems: string[] = [];
    for (const page of pages) problems.push(...(await buildPage(page, ifNeeded)));
    return problems;
  });
}

async function buildPage(page: Page, ifNeeded: boolean): Promise<string[]> {
  const { name, limitBytes, weigh } = page;
  const folder = join(root, page.folder);
  const hash = hashOf(page.inputs);
  if (ifNeeded && isBuiltFrom(page, hash)) return [];
  console.error(`Building the ${name} …`);
  const code = await runTool("vite", ["build", "--logLevel", "warn"], { directory: folder });
  if (code !== 0) return [`The ${name} could not be built: vite ended with ${code}.`];
  const size = weigh(folder);
  if (size > limitBytes) return [`The ${name} has ${size} bytes; ${limitBytes} are allowed.`];
  writeFileSync(stampOf(page), hash);
  return [];
}

function isBuiltFrom(page: Page, hash: string): boolean {
  const stamp = stampOf(page);
  return existsSync(join(root, page.folder, page.page)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function stampOf({ name }: Page): string {
  return join(root, `.cache/${name}-sources`);
}

function hashOf(inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((pattern) => sourceFiles(root, pattern))) {
    if (isTestFile(file) || !statSync(join(root, file)).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function gzippedBytes(folder: string): number {
  const names = [
    ...readdirSync(join(folder, "dist")),
    ...readdirSync(join(folder, "dist/assets")).map((name) => `assets/${name}`),
  ];
  return names
    .filter((name) => name.endsWith(".gz"))
    .reduce((sum, name) => sum + statSync(join(folder, "dist", name)).size, 0);
}

if (import.meta.main) {
  const ifNeeded = process.argv.includes("--if-needed");
  const problems = await build({ ifNeeded });
  for (const problem of problems) console.error(problem);
  if (problems.length === 0 && !ifNeeded) for (const each of pages) console.log(inWords(each));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function inWords({ folder, page, weigh }: Page): string {
  return `${join(root, folder, page)} (${weigh(join(root, folder))} bytes)`;
}
