import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../provide.ts";
import { root } from "../root.ts";
import { run } from "../run-tool.ts";

const candidates = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
const isNewEnough = "import sys; sys.exit(sys.version_info < (3, 10))";

/**
 * Python for the second reader: a virtual environment under .cache/ with exactly the packages that its requirements
 * name. It is made anew when the requirements change.
 */
export async function providePython(): Promise<Finding> {
  const requirements = join(root, "testing/second-reader/requirements.txt");
  if (!existsSync(requirements)) return { missing: "testing/second-reader/requirements.txt is not there" };
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = join(root, ".cache", `python-${hash}`);
  const path = join(folder, "bin/python");
  if (existsSync(join(folder, "complete"))) return { path };
  const reason = await create(folder, path, requirements);
  return reason === undefined ? { path } : { missing: reason };
}

async function create(folder: string, path: string, requirements: string): Promise<string | undefined> {
  const python = await findPython();
  if (!python) return "there is no Python 3.10 or newer here; install one and put it on the path";
  rmSync(folder, { recursive: true, force: true });
  const made = await run(python, ["-m", "venv", folder], { keepOutput: true });
  if (made.code !== 0)
    return `no virtual environment could be made (on Debian: apt install python3-venv). ${made.output}`;
  const options = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
  const filled = await run(path, options, { keepOutput: true });
  if (filled.code !== 0) return `its packages could not be installed. ${filled.output}`;
  writeFileSync(join(folder, "complete"), "");
  return undefined;
}

async function findPython(): Promise<string | undefined> {
  for (const candidate of candidates) {
    if ((await run(candidate, ["-c", isNewEnough], { keepOutput: true })).code === 0) return candidate;
  }
  return undefined;
}
