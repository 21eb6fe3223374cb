import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./install-lock.mjs";
import { root } from "./root.ts";
import { runTool } from "./run-tool.ts";
import { isTestFile, sourceFiles } from "./source-files.ts";

const verifier = join(root, "apps/verifier");
const page = join(verifier, "dist/verifier.html");
const stamp = join(root, ".cache/verifier-sources");

/** The most that the page may weigh, in bytes: it is sent by mail and kept beside receipts for decades. */
const limitBytes = 400_000;

// Everything that ends up in the page.
const inputs = [
  "apps/verifier/{page.html,vite.config.ts,package.json}",
  "apps/verifier/src/**/*",
  "core/*/src/**/*.{ts,json}",
  "applications/*/**/*.{ts,json}",
  "package-lock.json",
];

/**
 * Builds the verifier page, apps/verifier/dist/verifier.html, and answers what is wrong with it, if anything.
 *
 * With `ifNeeded` a page that was built from the present sources stays. Two builds at once run one after the other.
 */
export function build({ ifNeeded }: { readonly ifNeeded: boolean }): Promise<string[]> {
  return withLock(join(root, ".cache/build.lock"), async () => {
    const hash = hashOfSources();
    if (ifNeeded && isBuiltFrom(hash)) return [];
    console.error("Building the verifier page …");
    const code = await runTool("vite", ["build", "--logLevel", "warn"], { directory: verifier });
    if (code !== 0) return [`The verifier page could not be built: vite ended with ${code}.`];
    const { size } = statSync(page);
    if (size > limitBytes) return [`The verifier page has ${size} bytes; ${limitBytes} are allowed.`];
    writeFileSync(stamp, hash);
    return [];
  });
}

function isBuiltFrom(hash: string): boolean {
  return existsSync(page) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((pattern) => sourceFiles(root, pattern))) {
    if (isTestFile(file) || !statSync(join(root, file)).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

if (import.meta.main) {
  const ifNeeded = process.argv.includes("--if-needed");
  const problems = await build({ ifNeeded });
  for (const problem of problems) console.error(problem);
  if (problems.length === 0 && !ifNeeded) console.log(`${page} (${statSync(page).size} bytes)`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
