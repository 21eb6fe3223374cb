import { existsSync, readdirSync } from "node:fs";
import { ClassicLevel } from "classic-level";
import { DAMAGE_REMEDY, StoreError } from "./errors.ts";

/** The database below the store: bytes to bytes. */
export type Level = ClassicLevel<Uint8Array, Uint8Array>;

/** A put or a deletion in a batch. */
export type LevelChange =
  | { readonly type: "put"; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: "del"; readonly key: Uint8Array };

/**
 * Opens the LevelDB database in a directory and holds its lock until it is closed. Throws StoreError `locked`,
 * `missing`, `damaged`, `disk-full` or `io`.
 */
export async function openLevel(directory: string, options: { readonly createIfMissing: boolean }): Promise<Level> {
  const level: Level = new ClassicLevel(directory, {
    ...options,
    keyEncoding: "view",
    valueEncoding: "view",
    // Blocks of some megabytes pass through: larger buffers and files spare compactions.
    writeBufferSize: 32 << 20,
    maxFileSize: 16 << 20,
    cacheSize: 64 << 20,
  });
  try {
    await level.open();
    return level;
  } catch (error) {
    throw levelError(error, directory);
  }
}

/** Whether a database was ever created in the directory; the rests of a creation that broke off do not count. */
export function hasLevel(directory: string): boolean {
  if (!existsSync(directory)) return false;
  return readdirSync(directory).some((name) => name === "CURRENT" || /\.(log|ldb|sst)$/.test(name));
}

/** Whether another process holds the database's lock. Asks without reading or changing the database. */
export async function isLevelLocked(directory: string): Promise<boolean> {
  // LevelDB takes the lock first and then refuses, because the database exists.
  const probe = new ClassicLevel(directory, { createIfMissing: false, errorIfExists: true });
  try {
    await probe.open();
    await probe.close();
    return false;
  } catch (error) {
    return causes(error).some((cause) => codeOf(cause) === "LEVEL_LOCKED");
  }
}

/** An error of LevelDB in the store's words. `where` says what was being read or written. */
export function levelError(error: unknown, where: string): StoreError {
  if (error instanceof StoreError) return error;
  const all = causes(error);
  const has = (code: string) => all.some((cause) => codeOf(cause) === code);
  const text = all.map((cause) => (cause instanceof Error ? cause.message : String(cause))).join("; ");
  const make = (code: ConstructorParameters<typeof StoreError>[0], what: string, remedy: string) =>
    new StoreError(code, { what, where, remedy, cause: error });
  if (has("LEVEL_LOCKED")) {
    return make("locked", "another process has the store open", "Stop that node, or choose another directory.");
  }
  if (isDiskFull(text) || has("ENOSPC")) {
    return make("disk-full", "no room is left on the disk", "Free some space; nothing that was stored is lost.");
  }
  if (has("LEVEL_CORRUPTION") || /corrupt/i.test(text)) return make("damaged", text, DAMAGE_REMEDY);
  if (/does not exist/.test(text)) return make("missing", "there is no store", "Create it, or name its directory.");
  if (has("LEVEL_DATABASE_NOT_OPEN")) return make("closed", "the store is closed", "Open it again.");
  return make("io", text, "See to the disk or its permissions, then start again.");
}

function isDiskFull(text: string): boolean {
  return /no space left|disk quota exceeded|file too large/i.test(text);
}

/** The error and what caused it, outermost first. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause !== undefined && chain.length < 8; ) {
    chain.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return chain;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
