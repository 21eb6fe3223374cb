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
import { createFileHasher } from "@acta/merkle";
import { CommandError, type CommandFiles } from "@acta/sdk";

/** The files of this machine, as commands use them. Errors name the path and what to do. */
export const files: CommandFiles = {
  read: (path) => inWords(path, () => new Uint8Array(readFileSync(path))),
  exists: (path) => existsSync(path),
  list: (folder) => (existsSync(folder) ? readdirSync(folder).sort() : []),
  makeFolder: (folder) => inWords(folder, () => mkdirSync(folder, { recursive: true })) as undefined,
  syncFolder,
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
