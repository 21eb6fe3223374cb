import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { equalBytes, toHex } from "@acta/bytes";
import { installNative } from "@acta/native";
import { checkBeforeOpening } from "./before-opening.ts";
import { Database, type LevelOpener } from "./database.ts";
import { damaged } from "./errors.ts";
import { bucketRange } from "./keys.ts";
import { QuickFiles } from "./quick/quick-files.ts";
import { type Signed, SignGuard, syncDirectory } from "./sign-guard.ts";
import { type Contents, loadContents } from "./start.ts";
import { Store } from "./store.ts";
import { PARTS, readLedger } from "./store-folder.ts";

/** How a store is opened. */
export type OpenOptions = {
  /** Makes an empty store where there is none; otherwise that is refused. */
  readonly createIfMissing: boolean;
  /** Most bytes of state values kept in memory. Default: 128 MiB. */
  readonly cacheBytes?: number;
  /** Most bytes of table files whose checksums are read before the store opens, the others behind it. Default: 32 MiB. */
  readonly tableBytes?: number;
  /** Bytes of the journal beside the database that are merged at the earliest. Default: 4 MiB. */
  readonly mergeBytes?: number;
  /** Opens the LevelDB database; for tests of failing disks. */
  readonly opener?: LevelOpener;
};

/**
 * Opens the store in a directory, alone: another process that has it open is an error.
 *
 * Before LevelDB may touch its files they are checked as they lie; then state and log are read and compared with the app
 * hash of the newest block, and the newest block with the newest one signed. Throws StoreError `locked`, `missing`,
 * `damaged`, `disk-full` or `io`, in words. Uses the native SHA-256 for the whole process.
 */
export async function openStore(directory: string, options: OpenOptions): Promise<Store> {
  installNative();
  const level = join(directory, PARTS.level);
  const { logRecords, tables } = await checkBeforeOpening(directory, { tableBytes: 32 << 20, ...options });
  const database = await Database.open(level, options);
  let guard: SignGuard | undefined;
  try {
    const quick = join(directory, PARTS.quick);
    const contents = await loadContents({ database, quick, logRecords });
    guard = await SignGuard.open(join(directory, PARTS.guard));
    assertGuardFits(guard, contents);
    await assertLedger(directory, contents);
    const parts = { database, guard, contents, tables, quick: openQuick(quick, contents, options) };
    const store = new Store({ ...parts, ...settings(directory, options) });
    for (const bucket of contents.forgotten) await database.clear(bucketRange(bucket));
    tables.start();
    return store;
  } catch (error) {
    await guard?.close();
    await database.close();
    throw error;
  }
}

/** Goes on with the quick files that led to the contents, or makes them anew. */
function openQuick(
  folder: string,
  { genesis, last, tree, log, quickEnd }: Contents,
  { mergeBytes }: OpenOptions,
): QuickFiles {
  const quick = new QuickFiles(folder, mergeBytes);
  if (quickEnd !== undefined) quick.resume(quickEnd);
  else if (genesis !== undefined && last !== undefined) quick.rewrite(genesis.ledgerId, last.height, tree, log);
  return quick;
}

function settings(directory: string, options: OpenOptions) {
  return {
    cacheBytes: options.cacheBytes ?? 128 << 20,
    onGenesis: (ledgerId: Uint8Array) => writeLedger(directory, ledgerId),
  };
}

/**
 * Compares the newest block with the newest signed one. LevelDB may lose the end of its log without a word; then a height
 * would be signed a second time.
 */
export function assertGuardFits(guard: Signed, { last }: Pick<Contents, "last">): void {
  const signed = guard.last;
  const height = last?.height ?? 0;
  const where = `block ${height}`;
  if (signed === undefined || signed.height < height) {
    if (last?.isSigned !== true) return;
    throw damaged("sign guard", `it does not know block ${height}, which this node signed${brokenWords(guard)}`);
  }
  if (signed.height > height + 1) {
    const what = `the store ends here, but block ${signed.height} was signed: the end of the database is lost`;
    throw damaged(where, what);
  }
  if (signed.height === height && !equalBytes(signed.headerHash, last?.headerHash ?? signed.headerHash)) {
    throw damaged(where, "the block stored is not the one that was signed");
  }
  if (signed.height === height + 1 && last !== undefined && !equalBytes(signed.header.appHash, last.appHash)) {
    throw damaged(where, `block ${signed.height}, which was signed, does not follow from it`);
  }
}

function brokenWords({ broken }: Signed): string {
  return broken.length === 0 ? "" : ` (not whole: ${broken.join(", ")})`;
}

// A crash may come between the genesis and this file: then it is written now.
async function assertLedger(directory: string, { genesis }: Contents): Promise<void> {
  const named = readLedger(directory);
  if (genesis === undefined) {
    if (named !== undefined) throw damaged(directory, `the database of ledger ${named} has lost its genesis`);
    return;
  }
  if (named === undefined) await writeLedger(directory, genesis.ledgerId);
  else if (named !== toHex(genesis.ledgerId)) {
    throw damaged(
      join(directory, PARTS.ledger),
      `it names ledger ${named}, the database holds ${toHex(genesis.ledgerId)}`,
    );
  }
}

async function writeLedger(directory: string, ledgerId: Uint8Array): Promise<void> {
  const path = join(directory, PARTS.ledger);
  const file = await open(`${path}.new`, "w");
  await file.writeFile(`${toHex(ledgerId)}\n`);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
  await syncDirectory(directory);
}
