import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createFileHasher } from "@acta/merkle";
import { CommandError, type CommandFiles } from "@acta/sdk";

/** The files of this machine, as commands use them. Errors name the path and what to do. */
export const files: CommandFiles = {
  read: (path) => inWords(path, () => new Uint8Array(readFileSync(path))),
  exists: (path) => existsSync(path),
  list: (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []),
  makeFolder: (folder) => inWords(folder, () => mkdirSync(folder, { recursive: true })) as undefined,
  syncFolder,
  lock: lockFolder,
  writeNew(path, bytes, secret) {
    try {
      writeFileSync(path, bytes, { flag: "wx", flush: true, mode: modeOf(secret) });
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw worded(path, error);
    }
  },
  replace(path, bytes, secret) {
    inWords(path, () => {
      writeFileSync(`${path}.new`, bytes, { flush: true, mode: modeOf(secret) });
      renameSync(`${path}.new`, path);
      syncFolder(dirname(path));
    });
  },
  remove: (path) => rmSync(path, { force: true }),
  join,
  folderOf: (path) => dirname(path),
  nameOf: (path) => basename(path),
  sizeOf: (path) => inWords(path, () => regularSize(path)),
  async hash(path, onBytes) {
    const hasher = createFileHasher();
    try {
      for await (const slice of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
        hasher.update(slice);
        onBytes(slice.length);
      }
    } catch (error) {
      throw worded(path, error);
    }
    const { size, sha256, root } = hasher.finish();
    return { size: BigInt(size), sha256, root };
  },
};

/** How long a command waits for another that works in the same folder: as long as that one may wait for its node, and more. */
const LOCK_WAIT_MS = 180_000;
const LOCK_POLL_MS = 200;

/** A file with the number of the process that has the folder; one whose process is gone is taken over. */
async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, ".lock");
  for (let waited = 0; waited <= LOCK_WAIT_MS; waited += LOCK_POLL_MS) {
    const holder = takeLock(path);
    if (holder === undefined) return () => rmSync(path, { force: true });
    if (waited === 0)
      process.stderr.write(`Another acta command (process ${holder}) works in ${folder}: waiting for it.\n`);
    await sleep(LOCK_POLL_MS);
  }
  throw new CommandError(`Another acta command works in ${folder}. Run this one again when it has ended.`);
}

/** Takes the lock, or gives the number of the running process that has it. */
function takeLock(path: string): number | undefined {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return undefined;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw worded(path, error);
    }
    const holder = Number(readIfThere(path));
    if (isRunning(holder)) return holder;
    rmSync(path, { force: true });
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The other command ended in this very moment.
    return "";
  }
}

function isRunning(processNumber: number): boolean {
  if (!Number.isInteger(processNumber) || processNumber <= 0 || processNumber === process.pid) return false;
  try {
    process.kill(processNumber, 0);
    return true;
  } catch (error) {
    // Somebody else's process: it may not be signalled, but it is there.
    return codeOf(error) === "EPERM";
  }
}

function modeOf(secret: "secret" | undefined): number {
  return secret === undefined ? 0o666 : 0o600;
}

function regularSize(path: string): number {
  const found = statSync(path);
  if (!found.isFile()) throw new CommandError(`${path} is not a file.`);
  return found.size;
}

/** A new name is durable only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function inWords<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw worded(path, error);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file.",
  EACCES: "Reading or writing it is not permitted.",
  EISDIR: "This is a folder, not a file.",
  ENOTDIR: "A part of this path is not a folder.",
  ENOSPC: "The disk is full. Make room and run the command again: it goes on where it stopped.",
  EEXIST: "It is there already.",
};

function worded(path: string, error: unknown): Error {
  const words = WORDS[codeOf(error) ?? ""];
  return words === undefined ? (error as Error) : new CommandError(`${path}: ${words}`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
