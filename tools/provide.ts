import { provideChromium } from "./provide/chromium.ts";
import { provideGo } from "./provide/go.ts";
import { providePython } from "./provide/python.ts";
import { none, type Tally } from "./tally.ts";

/** A tool that is there, by its path, or the reason why it is not and what to do. */
export type Finding = { readonly path: string } | { readonly missing: string };

const providers = { go: provideGo, python: providePython, chromium: provideChromium };

/** A tool that a ring may need. */
export type ToolName = keyof typeof providers;

/** What was provided: variables that tell the tests where the tools are, and the count of what is missing. */
export type Provided = { readonly environment: Readonly<Record<string, string>>; readonly tally: Tally };

/**
 * Finds or makes each tool. A test finds it in the variable ACTA_GO, ACTA_PYTHON or ACTA_CHROMIUM.
 *
 * What is missing counts as skipped, and is said aloud; with CI=true it counts as failed.
 */
export async function provide(names: readonly ToolName[]): Promise<Provided> {
  const environment: Record<string, string> = {};
  let missing = 0;
  for (const name of names) {
    const finding = await providers[name]();
    if ("path" in finding) environment[`ACTA_${name.toUpperCase()}`] = finding.path;
    else missing += 1;
    console.log("path" in finding ? `  ${name}: ${finding.path}` : `  ${name} is ${word()}: ${finding.missing}`);
  }
  const tally = process.env["CI"] === "true" ? { ...none, failed: missing } : { ...none, skipped: missing };
  return { environment, tally };
}

function word(): string {
  return process.env["CI"] === "true" ? "MISSING" : "missing, its tests are skipped";
}
