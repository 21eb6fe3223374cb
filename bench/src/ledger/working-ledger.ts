import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Say } from "../command.ts";
import { EVERYTHING, startLoadProcess } from "../load/load-process.ts";
import { signAhead } from "../load/sign-ahead.ts";
import type { Kind } from "../load/transactions.ts";
import { ensureBenchLedger, ledgerIdOf, WRITERS } from "./bench-ledger.ts";
import { type NodeUnderTest, startNodeUnderTest, stateKeysOf, untilDrained } from "./node-under-test.ts";

/** A ledger that may be written to and is deleted afterwards, and room beside it on the same disk. */
export type WorkingLedger = { readonly data: string; readonly scratch: string; readonly remove: () => void };

/** Records under one signature while a ledger is filled. */
const PER_FILLING = 1000;
/** Keys that a new ledger has by itself and by its replay protection, at most. */
const OWN_KEYS = 1000;
/** Seconds until what was signed beforehand expires: the longest that one signer has, less some minutes. */
const EXPIRY_SECONDS = 3300;

/**
 * A ledger with as many keys as asked for.
 *
 * With `kept`, the folder keeps the filled ledger for later runs, and what is measured is a copy beside it, made of links
 * to its table files, which LevelDB never changes; without, a new one in the system's folder for temporary files.
 */
export async function openWorkingLedger(kept: string | undefined, keys: number, say: Say): Promise<WorkingLedger> {
  if (kept === undefined) {
    const ledger = workingIn(mkdtempSync(join(tmpdir(), "acta-bench-")));
    await fillLedger(ledger.data, ledger.scratch, keys, say);
    return ledger;
  }
  const original = resolve(process.env["INIT_CWD"] ?? process.cwd(), kept);
  mkdirSync(dirname(original), { recursive: true });
  const ledger = workingIn(mkdtempSync(`${original}-run-`));
  await fillLedger(original, ledger.scratch, keys, say);
  copyLedger(original, ledger.data);
  return ledger;
}

/** Fills the ledger of a folder up to a number of keys, through its node, in batches. Throws where it has far more. */
export async function fillLedger(data: string, scratch: string, keys: number, say: Say): Promise<void> {
  ensureBenchLedger(data);
  const node = await startNodeUnderTest(data);
  try {
    const present = await stateKeysOf(node);
    if (present > keys + OWN_KEYS)
      throw new Error(
        `The ledger in ${data} has ${present} keys already: choose another folder, or more than ${keys}.`,
      );
    // What a ledger has by itself counts for nothing: it is some hundred keys.
    if (present < keys)
      await enter(node, { data, scratch, kind: "deposit", per: PER_FILLING, records: keys - present }, say);
  } finally {
    await node.stop();
  }
}

/** What is entered, all of it, by writers in turns. */
export type Entering = {
  readonly data: string;
  readonly scratch: string;
  readonly kind: Kind;
  readonly per: number;
  readonly records: number;
};

/** Enters records through the node and waits until all are in blocks. Answers how many. */
export async function enter(node: NodeUnderTest, entering: Entering, say: Say): Promise<number> {
  const { data, scratch, kind, records } = entering;
  const per = Math.min(entering.per, records);
  const transactions = Math.ceil(records / per);
  const began = performance.now();
  say(`signing and entering ${transactions * per} records`);
  const plan = { ledgerId: ledgerIdOf(data), expiry: expiryNow(), writers: WRITERS, kind, per };
  const load = await signAhead(plan, { transactions, perRequest: 500, folder: scratch, name: "filling" });
  const sender = await startLoadProcess();
  await sender
    .send({
      port: node.port,
      files: load.files,
      connections: 16,
      untilMs: EVERYTHING,
      waitingMost: Math.max(2, Math.floor(50_000 / per)),
    })
    .finally(sender.stop);
  await untilDrained(node);
  for (const file of load.files) rmSync(file);
  say(`entered them in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return transactions * per;
}

/** Until when something that is signed now may be valid, seconds since 1970. */
export function expiryNow(): number {
  return Math.floor(Date.now() / 1000) + EXPIRY_SECONDS;
}

/** Copies a ledger that no node has open; table files become links where the disk allows it. */
export function copyLedger(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyLedger(source, target);
    else if (!entry.name.endsWith(".ldb") || !isLinked(source, target)) copyFileSync(source, target);
  }
}

/** Bytes of all files below a folder. */
export function bytesBelow(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function isLinked(source: string, target: string): boolean {
  try {
    linkSync(source, target);
    return true;
  } catch {
    // Another disk, or one without links: then it is copied.
    return false;
  }
}

function workingIn(scratch: string): WorkingLedger {
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  // A measurement that fails or is broken off leaves no gigabytes behind either.
  process.once("exit", remove);
  return {
    data: join(scratch, "ledger"),
    scratch,
    remove() {
      process.off("exit", remove);
      remove();
    },
  };
}
