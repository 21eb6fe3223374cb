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
import { ENGLISH, type Say } from "./words.ts";

/** The files of this machine, as commands use them. Errors name the path and what to do, in the person's words. */
export function createFiles(say: Say): CommandFiles {
  const worded = (path: string, error: unknown): Error => wordedIn(say, path, error);
  const inWords = <T>(path: string, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw worded(path, error);
    }
  };
  return {
    read: (path) => inWords(path, () => new Uint8Array(readFileSync(path))),
    exists: (path) => existsSync(path),
    list: (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []),
    makeFolder: (folder) => inWords(folder, () => mkdirSync(folder, { recursive: true })) as undefined,
    syncFolder,
    lock: (folder) => lockFolder(say, folder),
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
    sizeOf: (path) => inWords(path, () => regularSize(say, path)),
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
}

/** How long a command waits for another that works in the same folder: as long as that one may wait for its node, and more. */
const LOCK_WAIT_MS = 180_000;
const LOCK_POLL_MS = 200;

/** A file with the number of the process that has the folder; one whose process is gone is taken over. */
async function lockFolder(say: Say, folder: string): Promise<() => void> {
  const path = join(folder, ".lock");
  for (let waited = 0; waited <= LOCK_WAIT_MS; waited += LOCK_POLL_MS) {
    const holder = takeLock(say, path);
    if (holder === undefined) return () => rmSync(path, { force: true });
    if (waited === 0) process.stderr.write(`${say("lock.waiting", { process: holder, folder })}\n`);
    await sleep(LOCK_POLL_MS);
  }
  throw new CommandError(say("lock.taken", { folder }));
}

/** Takes the lock, or gives the number of the running process that has it. */
function takeLock(say: Say, path: string): number | undefined {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return undefined;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw wordedIn(say, path, error);
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

function regularSize(say: Say, path: string): number {
  const found = statSync(path);
  if (!found.isFile()) throw new CommandError(say("file.notFile", { path }));
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

function wordedIn(say: Say, path: string, error: unknown): Error {
  const word = `file.${codeOf(error)}`;
  // Checked: it is one of the table's.
  return Object.hasOwn(ENGLISH, word)
    ? new CommandError(say(word as keyof typeof ENGLISH, { path }), { cause: error })
    : (error as Error);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
