import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { type Provided, provide, type ToolName } from "./provide.ts";
import { root } from "./root.ts";
import { runTool } from "./run-tool.ts";
import { none, sum, type Tally } from "./tally.ts";
import { tallyOf } from "./vitest-report.ts";

/** The rings of tests, from the one that needs nothing to the one that needs other people's programs. */
export const rings = ["core", "system", "world"] as const;

/** One ring of tests; the end of a test file's name says its ring. */
export type Ring = (typeof rings)[number];

const tools: Readonly<Record<Ring, readonly ToolName[]>> = {
  core: [],
  system: [],
  world: ["go", "python", "chromium"],
};

/** Whether a word names a ring. */
export function isRing(word: string): word is Ring {
  return rings.some((ring) => ring === word);
}

/** Runs one ring and counts it: the check steps (core) or the page to build, the tools it needs (world), its tests. */
export async function runRing(ring: Ring): Promise<Tally> {
  console.log(`\nRing ${ring}`);
  const steps = ring === "core" ? await check() : await buildPage();
  const provided = await provide(tools[ring]);
  return sum([steps, provided.tally, await runTests(ring, provided)]);
}

async function buildPage(): Promise<Tally> {
  const problems = await build({ ifNeeded: true });
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 };
}

async function runTests(ring: Ring, { environment }: Provided): Promise<Tally> {
  const report = join(root, ".cache/reports", `${ring}.json`);
  mkdirSync(join(root, ".cache/reports"), { recursive: true });
  rmSync(report, { force: true });
  const options = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`, "--passWithNoTests"];
  const code = await runTool("vitest", ["run", ...options], { environment: { ...environment, ACTA_RING: ring } });
  return tallyOf(existsSync(report) ? readFileSync(report, "utf8") : undefined, code);
}
