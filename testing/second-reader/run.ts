import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** How the second reader ended, and what it printed. */
export type ReaderResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** What the second reader says of one proof: a line of `verify --json`. */
export type ReaderAnswer = {
  readonly path: string;
  readonly verdict: "valid" | "not-valid" | "cannot-tell";
  readonly basis: "fresh" | "renewed" | null;
  readonly reason: string;
  readonly kind: "receipt" | "acted" | "state" | "slip" | null;
  readonly height: number | null;
  readonly noLaterThan: string | null;
  readonly outcome: string | null;
  readonly contract: string | null;
  readonly action: string | null;
  readonly file: "same" | "different" | "not-asked" | "none";
  readonly demo: boolean;
};

/**
 * Whether the second reader can run here: there is Python 3.10 or later. The variable ACTA_PYTHON names another than `python3`.
 *
 * Prints why not; in CI that is a failure: throws an Error.
 */
export async function hasSecondReader(): Promise<boolean> {
  const { code } = await run(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]);
  if (code === 0) return true;
  const message = `no Python 3.10 or later as \`${python}\`; install it, or set ACTA_PYTHON, to run the second reader.`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}

/**
 * Runs the second reader with these arguments: `secondReader(["verify", "a.slip", "--trust", "trust", "--json"])`.
 *
 * The first run makes a virtual environment with the pinned libraries under `.cache`. Throws an Error if it cannot.
 */
export async function secondReader(args: readonly string[]): Promise<ReaderResult> {
  return runPython(["-m", "second_reader", ...args]);
}

/** What the second reader says of each of these proofs, in order. Times are RFC 3339; without `now` its clock counts. */
export async function judge(
  proofs: readonly string[],
  { trust, file, now }: { readonly trust: string; readonly file?: string; readonly now?: string },
): Promise<readonly ReaderAnswer[]> {
  const options = ["--trust", trust, ...(file ? ["--file", file] : []), ...(now ? ["--now", now] : [])];
  const { stdout, stderr } = await secondReader(["verify", "--json", ...options, "--", ...proofs]);
  if (stderr !== "") throw new Error(`The second reader failed: ${stderr}`);
  // The reader is ours and prints one answer on each line.
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as ReaderAnswer]));
}

/** Runs Python, with the reader's libraries, in a process of its own; the reader is importable from every folder. */
export async function runPython(args: readonly string[]): Promise<ReaderResult> {
  return run(await environmentPython(), args);
}

const python = process.env["ACTA_PYTHON"] ?? "python3";
const folder = import.meta.dirname;
const requirements = join(folder, "requirements.txt");
const environment = resolve(folder, "../../.cache/second-reader-venv");
const stamp = "installed-requirements.txt";

let ready: Promise<string> | undefined;

function environmentPython(): Promise<string> {
  ready ??= isInstalled() ? Promise.resolve(pythonOf(environment)) : install();
  return ready;
}

function isInstalled(): boolean {
  const installed = join(environment, stamp);
  return existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(requirements, "utf8");
}

async function install(): Promise<string> {
  // Made aside and renamed, so that two test files never share half an environment.
  const aside = `${environment}.${process.pid}`;
  mkdirSync(resolve(environment, ".."), { recursive: true });
  await must(python, ["-m", "venv", aside]);
  await must(pythonOf(aside), ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements]);
  copyFileSync(requirements, join(aside, stamp));
  if (isInstalled()) {
    rmSync(aside, { recursive: true });
    return pythonOf(environment);
  }
  rmSync(environment, { recursive: true, force: true });
  renameSync(aside, environment);
  return pythonOf(environment);
}

function pythonOf(place: string): string {
  return process.platform === "win32" ? join(place, "Scripts", "python.exe") : join(place, "bin", "python");
}

async function must(program: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run(program, args);
  if (code !== 0)
    throw new Error(`The second reader cannot be set up: ${program} ${args.join(" ")}\n${stdout}${stderr}`);
}

function run(program: string, args: readonly string[]): Promise<ReaderResult> {
  const path = [folder, process.env["PYTHONPATH"]].filter(Boolean).join(delimiter);
  const env = { ...process.env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" };
  return new Promise((done) => {
    execFile(program, [...args], { env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 127;
      done({ code, stdout, stderr });
    });
  });
}
