/**
 * What the store refuses for:
 * - `locked`: another process has the directory open
 * - `missing`: no store there, and `createIfMissing` was not set
 * - `damaged`: bytes are not what was written; nothing of them is served
 * - `disk-full`: a write found no room; what was stored before stands and can be read
 * - `io`: the machine refused a read or write for another reason
 * - `out-of-order`: a block, signature or genesis that does not follow from what is stored
 * - `closed`: the store was closed
 */
export type StoreErrorCode = "locked" | "missing" | "damaged" | "disk-full" | "io" | "out-of-order" | "closed";

/** A refusal of the store in words: what happened, where (file, key or height), and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  readonly what: string;
  readonly where: string;
  readonly remedy: string;

  constructor(code: StoreErrorCode, words: { what: string; where: string; remedy: string; cause?: unknown }) {
    const { what, where, remedy, cause } = words;
    super(`${where}: ${what}. ${remedy}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.what = what;
    this.where = where;
    this.remedy = remedy;
  }
}

/** Damage found while reading; `where` names key, height or file. */
export function damaged(where: string, what: string, cause?: unknown): StoreError {
  return new StoreError("damaged", { what, where, remedy: DAMAGE_REMEDY, cause });
}

/** What to do about damage. */
export const DAMAGE_REMEDY =
  'Stop the node, run "acta fsck" to have all damage named, and put back a copy of the data directory that has every block up to the newest: a node that goes on from an older one would sign heights a second time.';
