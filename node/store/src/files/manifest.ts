import { readVarint } from "./snappy.ts";

/** What the records of a MANIFEST add up to: the tables in use by number, and the first write-ahead log still needed. */
export type Manifest = { readonly tables: ReadonlyMap<number, TableEntry>; readonly logNumber: number };

/** A table as the MANIFEST has it: bytes of its file, its first key and its last. */
export type TableEntry = { readonly size: number; readonly first: Uint8Array; readonly last: Uint8Array };

/** Reads a MANIFEST's records in order; undefined where one is not a version edit. LevelDB db/version_edit.cc. */
export function readManifest(records: readonly Uint8Array[]): Manifest | undefined {
  const state = { tables: new Map<number, TableEntry>(), logNumber: 0 };
  for (const record of records) if (!applyEdit(record, state)) return undefined;
  return state;
}

type MutableManifest = { tables: Map<number, TableEntry>; logNumber: number };

const TAG = {
  comparator: 1,
  logNumber: 2,
  nextFile: 3,
  lastSequence: 4,
  compactPointer: 5,
  deleted: 6,
  added: 7,
  previousLog: 9,
} as const;

function applyEdit(record: Uint8Array, manifest: MutableManifest): boolean {
  const cursor = new Cursor(record);
  while (!cursor.isAtEnd && !cursor.failed) applyField(cursor, manifest);
  return !cursor.failed;
}

function applyField(cursor: Cursor, manifest: MutableManifest): void {
  const tag = cursor.number();
  switch (tag) {
    case TAG.comparator:
      cursor.bytes();
      return;
    case TAG.logNumber:
      manifest.logNumber = cursor.number();
      return;
    case TAG.nextFile:
    case TAG.previousLog:
    case TAG.lastSequence:
      cursor.number();
      return;
    case TAG.compactPointer:
      cursor.number();
      cursor.bytes();
      return;
    case TAG.deleted:
      cursor.number();
      manifest.tables.delete(cursor.number());
      return;
    case TAG.added:
      addTable(cursor, manifest);
      return;
    default:
      cursor.failed = true;
  }
}

/** Level, number, size, smallest and largest key. */
function addTable(cursor: Cursor, manifest: MutableManifest): void {
  cursor.number();
  const number = cursor.number();
  const size = cursor.number();
  manifest.tables.set(number, { size, first: userKey(cursor.bytes()), last: userKey(cursor.bytes()) });
}

// Behind a key stand its sequence number and kind.
const userKey = (key: Uint8Array): Uint8Array => key.subarray(0, Math.max(0, key.length - 8));

/** Walks over varints and byte strings; once the bytes do not fit, everything reads as nothing. */
class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;
  failed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    const read = readVarint(this.#bytes, this.#at);
    if (read === undefined) this.failed = true;
    this.#at = read?.next ?? this.#bytes.length;
    return read?.value ?? 0;
  }

  bytes(): Uint8Array {
    const length = this.number();
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) this.failed = true;
    return this.#bytes.subarray(start, this.#at);
  }
}
