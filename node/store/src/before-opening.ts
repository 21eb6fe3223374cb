import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { damaged, StoreError } from "./errors.ts";
import { checkFiles, type FileCheck, type Table } from "./files/check-files.ts";
import { checkTableAt } from "./files/read-table.ts";
import { asFileDamage, KeptTables } from "./kept-tables.ts";
import { FAMILY, familyRange } from "./keys.ts";
import { hasLevel, isLevelLocked } from "./level.ts";
import { PARTS, readLedger } from "./store-folder.ts";
import { fileDamage, TableWatch } from "./table-watch.ts";

/** What was found of the database's files as they lay before anything opened them. */
export type Before = {
  /** The records of LevelDB's log. */
  readonly logRecords: readonly Uint8Array[];
  /** Checks the tables that are left, once it is started. */
  readonly tables: TableWatch;
};

/**
 * Checks LevelDB's files before LevelDB may touch them: MANIFEST and logs whole, of the tables that they are there, that
 * their sizes are right, and the checksums of as many as `tableBytes` says. The others get second names, under which they
 * are checked behind the open store. Throws StoreError `missing`, `locked` or `damaged`.
 */
export async function checkBeforeOpening(
  directory: string,
  { createIfMissing, tableBytes }: { readonly createIfMissing: boolean; readonly tableBytes: number },
): Promise<Before> {
  const level = join(directory, PARTS.level);
  const kept = keptTables(directory);
  if (!hasLevel(level)) {
    assertMayCreate(directory, createIfMissing);
    return { logRecords: [], tables: new TableWatch(level, kept, []) };
  }
  // That an entry of these indexes is absent is believed only where their tables are whole: they come first.
  const firstKeys = [familyRange(FAMILY.identity), familyRange(FAMILY.action)];
  const check = checkFiles(level, { tableBytes, firstKeys });
  const damage = [...check.damage, ...kept.findSetAside()];
  // A node that is running changes its files while they are read, and checks its tables itself.
  const isBusy = damage.length + check.unchecked.length + kept.names().length > 0 && (await isLevelLocked(level));
  if (isBusy) {
    const words = { what: "another process has the store open", where: directory, remedy: "Stop that node first." };
    throw new StoreError("locked", words);
  }
  if (damage.length > 0) throw fileDamage(level, damage);
  return { logRecords: check.logRecords, tables: new TableWatch(level, kept, keepAll(level, kept, check)) };
}

/** The tables of a store that lie under second names. */
export const keptTables = (directory: string): KeptTables =>
  new KeptTables(join(directory, PARTS.level), {
    unchecked: join(directory, PARTS.unchecked),
    damaged: join(directory, PARTS.damaged),
  });

/** Gives the unchecked tables their second names, and them alone; where that is not possible they are checked now. */
function keepAll(level: string, kept: KeptTables, { unchecked }: FileCheck): Table[] {
  const leftovers = kept.leftovers();
  for (const file of kept.names()) if (!leftovers.includes(file)) kept.release(file);
  const first = unchecked.findIndex(({ file }) => !kept.keep(file));
  if (first < 0) return [...unchecked];
  const damage = unchecked.slice(first).flatMap(({ file }) => asFileDamage(file, checkTableAt(join(level, file))));
  if (damage.length > 0) throw fileDamage(level, damage);
  return unchecked.slice(0, first);
}

function assertMayCreate(directory: string, createIfMissing: boolean): void {
  const ledger = readLedger(directory);
  if (ledger !== undefined) {
    throw damaged(join(directory, PARTS.level), `the database of ledger ${ledger} is gone`);
  }
  if (!createIfMissing) {
    const words = { what: "there is no store", where: directory, remedy: "Create a ledger, or name its directory." };
    throw new StoreError("missing", words);
  }
  mkdirSync(directory, { recursive: true });
}
