import { existsSync } from "node:fs";
import { join } from "node:path";
import { toHex } from "@acta/bytes";
import { installNative } from "@acta/native";
import { keptTables } from "./before-opening.ts";
import { checkBlocks } from "./check-blocks.ts";
import { checkRecords, type RecordSummary } from "./check-records.ts";
import { Database } from "./database.ts";
import { StoreError } from "./errors.ts";
import { checkFiles } from "./files/check-files.ts";
import { type Finding, Findings } from "./finding.ts";
import { hasLevel, isLevelLocked } from "./level.ts";
import { assertGuardFits } from "./open-store.ts";
import { makeShadow, removeShadow } from "./shadow.ts";
import { readSigned } from "./sign-guard.ts";
import { PARTS, readLedger } from "./store-folder.ts";

/** How far a check has come. */
export type FsckProgress = {
  readonly step: "files" | "records" | "blocks";
  /** Bytes, records or heights done. */
  readonly done: number;
  /** Of how many, where that is known. */
  readonly total?: number;
};

/**
 * Reads everything in a store and names whatever is not what was written: every block of LevelDB's files by its checksum,
 * every record by its seal, state and log by the app hash, every block by its header, the commit of its validators, the
 * next header and the log, indexes and buckets by the blocks, the sign guard by the newest block. On the way `onState`
 * is handed every key of the state with its value, one at a time, for checks that know what they mean.
 *
 * Changes nothing and works on a shadow of the database. Gives all findings, none for a whole store. Throws StoreError
 * `locked` while a node has the store open, `missing` where there is none.
 */
export async function fsck(
  directory: string,
  onProgress: (progress: FsckProgress) => void = () => {},
  onState: (key: Uint8Array, value: Uint8Array) => void = () => {},
): Promise<Finding[]> {
  installNative();
  const level = join(directory, PARTS.level);
  if (!hasLevel(level)) return withoutDatabase(directory);
  if (await isLevelLocked(level)) {
    const words = { what: "a node has the store open", where: directory, remedy: "Stop it, then check again." };
    throw new StoreError("locked", words);
  }
  const findings = new Findings();
  const { damage, torn } = checkFiles(level, { onProgress: (done) => onProgress({ step: "files", done }) });
  for (const { file, offset, what } of damage) findings.damage(`${PARTS.level}/${file}, byte ${offset}`, what);
  for (const { file, offset, what } of keptTables(directory).findAll())
    findings.damage(`${join(PARTS.level, file)}, byte ${offset}`, what);
  for (const { file, offset, what } of torn) findings.notice(`${PARTS.level}/${file}, byte ${offset}`, what);
  const shadow = join(directory, SHADOW);
  try {
    makeShadow(level, shadow);
    await checkShadow(directory, shadow, findings, { onProgress, onState });
  } finally {
    removeShadow(shadow);
  }
  return findings.all;
}

type Listeners = {
  readonly onProgress: (progress: FsckProgress) => void;
  readonly onState: (key: Uint8Array, value: Uint8Array) => void;
};

const SHADOW = "fsck-shadow";

function withoutDatabase(directory: string): Finding[] {
  const ledger = readLedger(directory);
  if (ledger !== undefined) {
    return [{ severity: "damage", where: PARTS.level, what: `the database of ledger ${ledger} is gone` }];
  }
  const words = { what: "there is no store", where: directory, remedy: "Name the directory of a ledger." };
  if (!existsSync(join(directory, PARTS.level))) throw new StoreError("missing", words);
  return [];
}

async function checkShadow(
  directory: string,
  shadow: string,
  findings: Findings,
  { onProgress, onState }: Listeners,
): Promise<void> {
  let database: Database;
  try {
    database = await Database.open(shadow, { createIfMissing: false });
  } catch (error) {
    return findings.refused(error);
  }
  try {
    const summary = await checkRecords(database, findings, (done) => onProgress({ step: "records", done }), onState);
    await checkBlocks(database, summary, findings, (done, total) => onProgress({ step: "blocks", done, total }));
    checkLedger(directory, summary, findings);
    await checkGuard(directory, summary, findings);
  } finally {
    await database.close();
  }
}

function checkLedger(directory: string, { genesis }: RecordSummary, findings: Findings): void {
  const named = readLedger(directory);
  const held = genesis && toHex(genesis.ledgerId);
  if (named === undefined) findings.notice(PARTS.ledger, "it is missing; the next start writes it");
  else if (named !== held)
    findings.damage(PARTS.ledger, `it names ledger ${named}, the database holds ${held ?? "none"}`);
}

async function checkGuard(directory: string, { last }: RecordSummary, findings: Findings): Promise<void> {
  const guard = readSigned(join(directory, PARTS.guard));
  await findings.try(() => assertGuardFits(guard, { last }));
  // A broken file beside a whole one that knows the newest block is the write that broke off, or the one before it.
  for (const name of guard.broken) findings.notice(`${PARTS.guard}/${name}`, "its bytes are not whole");
  const pending = guard.last;
  if (pending !== undefined && pending.height === (last?.height ?? 0) + 1) {
    findings.notice(`block ${pending.height}`, "it was signed and not yet committed; the next start commits it");
  }
}
