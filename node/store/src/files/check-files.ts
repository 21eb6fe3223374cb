import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareBytes } from "@acta/bytes";
import { readLogFile } from "./log-file.ts";
import { type Manifest, readManifest, type TableEntry } from "./manifest.ts";
import { checkTableFile } from "./table-file.ts";

/** One thing wrong with a file of the database: which file, where in it, and what. */
export type FileDamage = { readonly file: string; readonly offset: number; readonly what: string };

/** What a check found: damage, and logs whose end broke off, as a crash leaves them. */
export type FileCheck = {
  readonly damage: readonly FileDamage[];
  readonly torn: readonly FileDamage[];
  /** The whole records of all logs in order, each a batch of writes. */
  readonly logRecords: readonly Uint8Array[];
  /** Tables that are there with all their bytes, and whose checksums were not read. */
  readonly unchecked: readonly Table[];
};

/** A table file and the keys that it can hold. */
export type Table = { readonly file: string } & TableEntry;

/** Whether a key from one to another, both included, could stand in a table. */
export const couldHold = ({ first, last }: TableEntry, from: Uint8Array, to: Uint8Array): boolean =>
  compareBytes(first, to) <= 0 && compareBytes(from, last) <= 0;

/** What a check of the database's files may do beyond logs and MANIFEST. */
export type FileCheckOptions = {
  /** Most bytes of tables to read through; those beyond are left unchecked. Default: all. */
  readonly tableBytes?: number;
  /** Tables in which such keys can stand come first. */
  readonly firstKeys?: readonly { readonly gte: Uint8Array; readonly lt: Uint8Array }[];
  /** Called after each file with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
};

/**
 * Checks the files of a LevelDB database as they lie, before anything opens them: opening one makes LevelDB skip what
 * is damaged in its logs without a word, and delete the evidence.
 *
 * Reads only. Found are wrong checksums in logs, MANIFEST and tables, missing and shortened files, and a CURRENT that
 * names nothing. A log that merely breaks off is told apart as torn: only the contents tell whether anything is lost.
 */
export function checkFiles(directory: string, options: FileCheckOptions = {}): FileCheck {
  const check = new FileVisit(directory, options);
  const manifest = check.manifest();
  if (manifest !== undefined) {
    check.logs(manifest);
    check.tables(manifest);
  }
  return check;
}

class FileVisit implements FileCheck {
  readonly damage: FileDamage[] = [];
  readonly torn: FileDamage[] = [];
  readonly logRecords: Uint8Array[] = [];
  readonly unchecked: Table[] = [];
  readonly #directory: string;
  readonly #names: readonly string[];
  readonly #onProgress: (bytes: number) => void;
  readonly #firstKeys: NonNullable<FileCheckOptions["firstKeys"]>;
  #tableBytes: number;
  #read = 0;

  constructor(directory: string, options: FileCheckOptions) {
    this.#directory = directory;
    this.#names = readdirSync(directory).sort();
    this.#tableBytes = options.tableBytes ?? Number.POSITIVE_INFINITY;
    this.#firstKeys = options.firstKeys ?? [];
    this.#onProgress = options.onProgress ?? (() => {});
  }

  /** The manifest that CURRENT names, as far as it can be read. */
  manifest(): Manifest | undefined {
    const current = this.#bytes("CURRENT");
    if (current === undefined) return undefined;
    const name = /^(MANIFEST-\d{6,})\n$/.exec(Buffer.from(current).toString("latin1"))?.[1];
    if (name === undefined) return this.#found("CURRENT", 0, "does not name a MANIFEST");
    const bytes = this.#bytes(name);
    if (bytes === undefined) return undefined;
    const { records, damage, torn } = readLogFile(bytes);
    for (const { offset, what } of damage) this.#found(name, offset, `has ${what}`);
    // Cut short is what a crash leaves; the edit it loses is missed below, by a log or table that is not there.
    if (torn !== undefined && !torn.isCut) this.#found(name, torn.offset, `has ${torn.what}`);
    return readManifest(records) ?? this.#found(name, 0, "has a record that is no version edit");
  }

  /** Every log from the manifest's on; older ones are rests that LevelDB would delete. */
  logs(manifest: Manifest): void {
    const needed = `${String(manifest.logNumber).padStart(6, "0")}.log`;
    if (manifest.logNumber > 0 && !this.#names.includes(needed)) this.#found(needed, 0, "is missing");
    for (const name of this.#names) {
      if (!name.endsWith(".log") || Number.parseInt(name, 10) < manifest.logNumber) continue;
      const bytes = this.#bytes(name);
      if (bytes === undefined) continue;
      const { records, damage, torn } = readLogFile(bytes);
      for (const record of records) this.logRecords.push(record);
      for (const { offset, what } of damage) this.#found(name, offset, `has ${what}`);
      if (torn !== undefined) this.torn.push({ file: name, offset: torn.offset, what: `breaks off with ${torn.what}` });
    }
  }

  tables(manifest: Manifest): void {
    const tables = [...manifest.tables].flatMap(([number, entry]) => this.#present(number, entry));
    const [first, others] = [tables.filter((table) => this.#isFirst(table)), tables.filter((t) => !this.#isFirst(t))];
    for (const table of [...first, ...others]) {
      if (table.size > this.#tableBytes) this.unchecked.push(table);
      else this.#table(table);
    }
  }

  /** A table whose file has all its bytes; nothing where that is damage. */
  #present(number: number, entry: TableEntry): Table[] {
    const file = this.#tableName(number);
    if (file === undefined) this.#found(`${String(number).padStart(6, "0")}.ldb`, 0, "is missing");
    if (file === undefined) return [];
    const { size } = statSync(join(this.#directory, file));
    if (size === entry.size) return [{ file, ...entry }];
    this.#found(file, Math.min(size, entry.size), `has ${size} bytes, not ${entry.size}`);
    return [];
  }

  #isFirst(table: Table): boolean {
    return this.#firstKeys.some(({ gte, lt }) => couldHold(table, gte, lt));
  }

  #table({ file, size }: Table): void {
    const bytes = this.#bytes(file);
    if (bytes === undefined) return;
    this.#tableBytes -= size;
    for (const { offset, what } of checkTableFile(bytes)) this.#found(file, offset, `has ${what}`);
  }

  #tableName(number: number): string | undefined {
    const digits = String(number).padStart(6, "0");
    return [`${digits}.ldb`, `${digits}.sst`].find((name) => this.#names.includes(name));
  }

  #bytes(name: string): Uint8Array | undefined {
    try {
      const bytes = readFileSync(join(this.#directory, name));
      this.#read += bytes.length;
      this.#onProgress(this.#read);
      return bytes;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      return this.#found(name, 0, code === "ENOENT" ? "is missing" : `cannot be read (${code})`);
    }
  }

  #found(file: string, offset: number, what: string): undefined {
    this.damage.push({ file, offset, what });
    return undefined;
  }
}
