import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkBoundaries } from "./boundaries.ts";
import { checkDeterminism } from "./determinism.ts";
import { checkLockfile } from "./lockfile.ts";
import { checkProjectText } from "./project-text.ts";
import { root } from "./root.ts";
import { run } from "./run-tool.ts";
import { checkSnippets } from "./snippets.ts";
import { exitCode, inWords, none, sum, type Tally } from "./tally.ts";
import { checkWording } from "./wording.ts";

/** One thing that is checked without running the project: answers what is wrong, a sentence or a block each. */
type Step = { readonly name: string; readonly run: () => Promise<readonly string[]> | readonly string[] };

const steps: readonly Step[] = [
  { name: "format and lint", run: () => tool("biome", ["ci", "--colors=off", "."]) },
  { name: "types", run: () => types("tsconfig.json") },
  { name: "types of the pure packages", run: () => types("tsconfig.core.json") },
  {
    name: "types of the verifier",
    run: () => (existsSync(join(root, "apps/verifier/src")) ? types("apps/verifier/tsconfig.json") : []),
  },
  { name: "types of the portal", run: () => types("apps/portal/tsconfig.json") },
  { name: "types of snippets in documents", run: () => checkSnippets() },
  { name: "import boundaries", run: () => checkBoundaries(root) },
  { name: "unused code", run: () => tool("knip", ["--no-progress", "--no-config-hints"]) },
  { name: "wording in both languages", run: checkWording },
  { name: "determinism of contracts", run: () => checkDeterminism(root) },
  { name: "project text", run: checkProjectText },
  { name: "lockfile", run: checkLockfile },
];

/** Runs every check step, prints each with what it found, and counts a step as one passed or failed. */
export async function check(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const step of steps) {
    const started = performance.now();
    const problems = await attempt(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`  ${problems.length === 0 ? "✓" : "✗"} ${step.name} (${seconds} s)`);
    for (const problem of problems) console.log(problem.replaceAll(/^/gm, "      "));
    tallies.push(problems.length === 0 ? { ...none, passed: 1 } : { ...none, failed: 1 });
  }
  return sum(tallies);
}

// A step that breaks has found something: the others still run.
async function attempt(step: Step): Promise<readonly string[]> {
  try {
    return await step.run();
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

async function tool(name: string, args: readonly string[]): Promise<string[]> {
  const { code, output } = await run(join(root, "node_modules/.bin", name), args, { keepOutput: true });
  return code === 0 ? [] : [output.trim() || `${name} ended with ${code}`];
}

async function types(project: string): Promise<string[]> {
  return tool("tsc", ["--noEmit", "--pretty", "false", "-p", project]);
}

if (import.meta.main) {
  const tally = await check();
  console.log(inWords(tally));
  process.exitCode = exitCode(tally);
}
