import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Log } from "@acta/api";
import type { LoadedApplication } from "./applications.ts";

/**
 * Notes in a file which code of each application decides from a height on, and logs whose has changed since the last
 * start: on a development ledger a bundle does not bind the code. A line for each change: `height application hash`.
 *
 * Code here is what an application's index.ts reaches in its own folder; the packages that it uses are not looked at.
 */
export function noteCode(path: string, applications: readonly LoadedApplication[], fromHeight: number, log: Log): void {
  const known = lastHashes(path);
  for (const { name, entry } of applications) {
    const hash = codeHash(entry);
    if (known.get(name) === hash) continue;
    appendFileSync(path, `${fromHeight} ${name} ${hash}\n`, { flush: true });
    if (known.has(name)) log(CHANGED, { application: name, fromHeight });
  }
}

const CHANGED =
  "code has changed since the last start: it decides from this block on, and no hash on the ledger shows it";

function lastHashes(path: string): ReadonlyMap<string, string> {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  return new Map(lines.map((line) => line.split(" ")).map(([, name = "", hash = ""]) => [name, hash]));
}

/** SHA-256, in hexadecimal, over the names and bytes of the files that a file reaches by relative imports, itself first. */
function codeHash(entry: string): string {
  const hash = createHash("sha256");
  for (const path of [...reached(entry)].sort()) {
    const bytes = readFileSync(path);
    hash.update(`${relative(dirname(entry), path)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]*\.ts)"/g;

function reached(path: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(path) || !existsSync(path)) return seen;
  seen.add(path);
  for (const [, specifier = ""] of readFileSync(path, "utf8").matchAll(RELATIVE_IMPORT)) {
    reached(resolve(dirname(path), specifier), seen);
  }
  return seen;
}
