// Plain JavaScript without dependencies: this is the only code that must run before anything is installed,
// on any Node from 18 on.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./install-lock.mjs";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldest = [24, 12];
const stamp = join(root, "node_modules/.acta-lock");

/**
 * Installs the packages of the present lockfile unless they are there, and answers the path of the Node to run with.
 *
 * Two callers at once install once: the second waits. Whatever npm prints goes to the error stream, so that a command's
 * own output stays clean. Ends the process with words and code 1 where it cannot go on.
 */
export async function bootstrap() {
  if (!isInstalled()) await withLock(join(root, ".cache/install.lock"), () => isInstalled() || install());
  return findNode();
}

function isInstalled() {
  const lockfile = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lockfile).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  if (!isInstalledByHand(JSON.parse(lockfile.toString("utf8")))) return false;
  writeFileSync(stamp, hash);
  return true;
}

// npm's own record of what it put there: someone who ran `npm install` does not wait for a second installation.
function isInstalledByHand(lockfile) {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  const wanted = Object.entries(lockfile.packages).filter(([path]) => path.includes("node_modules/"));
  return wanted.every(([path, { version, integrity, optional }]) => {
    const found = present[path];
    return found ? found.version === version && found.integrity === integrity : optional === true;
  });
}

function install() {
  console.error("Installing the packages of package-lock.json …");
  const options = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--loglevel=error"];
  const [command, first] = npm();
  // Standard output is the caller's: npm writes to descriptor 2.
  const { status, error } = spawnSync(command, [...first, ...options], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    fail(
      `The packages could not be installed (npm ci ${error ? `could not start: ${error.message}` : `ended with ${status}`}).`,
      "See npm's message above; a network that reaches the npm registry is needed once.",
    );
  }
  writeFileSync(
    stamp,
    createHash("sha256")
      .update(readFileSync(join(root, "package-lock.json")))
      .digest("hex"),
  );
}

function npm() {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.js$/.test(script) && existsSync(script) ? [process.execPath, [script]] : ["npm", []];
}

function findNode() {
  const local = join(root, "node_modules/.bin/node");
  if (existsSync(local)) return local;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return process.execPath;
  return fail(
    `No Node ${oldest.join(".")} comes with the project for ${process.platform}-${process.arch}.`,
    `Install Node ${oldest.join(".")} or newer and run the command again.`,
  );
}

function fail(...sentences) {
  console.error(sentences.join("\n"));
  process.exit(1);
}
