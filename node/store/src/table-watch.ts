import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { damaged, type StoreError } from "./errors.ts";
import { couldHold, type FileDamage, type Table } from "./files/check-files.ts";
import { checkTableAt, type TableDamage } from "./files/read-table.ts";
import { asFileDamage, type KeptTables } from "./kept-tables.ts";

/** Damage in files of the database as the store refuses it: the first place, and how many more. */
export function fileDamage(level: string, [first, ...others]: readonly FileDamage[]): StoreError | undefined {
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return damaged(join(level, first.file), `byte ${first.offset}: ${first.what}${more}`);
}

/**
 * Checks the tables behind an open store whose checksums were not read before, slowly and in a thread of its own.
 *
 * Meanwhile every value that is read is checked by other means, but not that something is absent: `assertAbsent` therefore
 * checks at once the tables in which it could stand. `failed` rejects when damage is found; the table is then set aside.
 */
export class TableWatch {
  /** Rejects with StoreError `damaged`; never resolves. */
  readonly failed: Promise<never>;
  readonly #level: string;
  readonly #kept: KeptTables;
  readonly #tables: ReadonlyMap<string, Table | undefined>;
  readonly #waiting: Set<string>;
  readonly #reject: (error: StoreError | undefined) => void;
  #damage: StoreError | undefined;
  #worker: Worker | undefined;

  /** `tables` are kept under their second names. */
  constructor(level: string, kept: KeptTables, tables: readonly Table[]) {
    this.#level = level;
    this.#kept = kept;
    this.#tables = new Map([
      ...tables.map((table) => [table.file, table] as const),
      ...kept.leftovers().map((file) => [file, undefined] as const),
    ]);
    this.#waiting = new Set(this.#tables.keys());
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    this.#reject = reject;
    // Whoever runs the store decides what a failure means.
    promise.catch(() => undefined);
  }

  /** Begins to check. */
  start(): void {
    if (this.#waiting.size === 0) return;
    const files = [...this.#waiting];
    const workerData = files.map((file) => this.#kept.path(file));
    this.#worker = new Worker(new URL("./files/check-worker.ts", import.meta.url), { workerData, name: "tables" });
    this.#worker.unref();
    this.#worker.on("message", ({ index, damage }: { index: number; damage: TableDamage | undefined }) =>
      this.#checked(files[index] ?? "", damage),
    );
    this.#worker.on("error", (error) => this.#fail(damaged(this.#level, `its tables cannot be read: ${error}`, error)));
  }

  /** Throws what was found so far. */
  assertWhole(): void {
    if (this.#damage !== undefined) throw this.#damage;
  }

  /** Throws StoreError `damaged` where keys from one to another that were not found could stand in a damaged part. */
  assertAbsent(from: Uint8Array, to = from): void {
    for (const file of this.#waiting) {
      const table = this.#tables.get(file);
      // Of leftovers nothing but the name is known.
      if (table === undefined || couldHold(table, from, to)) this.#checked(file, checkTableAt(this.#kept.path(file)));
    }
    this.assertWhole();
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #checked(file: string, found: TableDamage | undefined): void {
    if (!this.#waiting.delete(file)) return;
    // Somebody took the second name away: the first is looked at, if LevelDB still has the table.
    const damage = found ?? checkTableAt(join(this.#level, file)) ?? [];
    if (damage.length > 0) {
      this.#kept.setAside(file);
      this.#fail(fileDamage(this.#level, asFileDamage(file, damage)));
    } else this.#kept.release(file);
  }

  #fail(error: StoreError | undefined): void {
    this.#damage ??= error;
    this.#reject(this.#damage);
  }
}
