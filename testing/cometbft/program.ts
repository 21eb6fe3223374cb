import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** The Go program of this folder, built: runs it with arguments and standard input, returns standard output. */
export type Program = (args: readonly string[], input?: string) => string;

/**
 * Builds the Go program for the tests of one file, and removes it after them; the first build fetches CometBFT's module.
 *
 * Returns undefined, and prints why, where `go` is absent; in CI that is a failure: throws an Error.
 */
export function buildProgram(): Program | undefined {
  if (!hasGo()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "acta-cometbft-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const binary = join(folder, "cometbft");
  execFileSync("go", ["build", "-o", binary, "."], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return (args, input) => execFileSync(binary, [...args], { input: input ?? "", encoding: "utf8", maxBuffer: 2 ** 28 });
}

function hasGo(): boolean {
  if (spawnSync("go", ["version"]).status === 0) return true;
  const message = "no `go` on this machine; install Go 1.25 or later to hold blocks to CometBFT's own code.";
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}
