import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes a second directory of a LevelDB database that can be opened without changing the first: tables, which LevelDB
 * never rewrites, as hard links (copies where the file system has none), everything else copied.
 *
 * Opening a database makes LevelDB skip what is damaged in its logs and delete them; the original keeps the evidence.
 */
export function makeShadow(directory: string, shadow: string): void {
  removeShadow(shadow);
  mkdirSync(shadow, { recursive: true });
  for (const name of readdirSync(directory)) {
    if (name === "LOCK" || name.startsWith("LOG")) continue;
    const [from, to] = [join(directory, name), join(shadow, name)];
    if (/\.(ldb|sst)$/.test(name)) linkOrCopy(from, to);
    else copyFileSync(from, to);
  }
}

/** Removes a shadow, also one that a crash left. */
export function removeShadow(shadow: string): void {
  rmSync(shadow, { recursive: true, force: true });
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
