import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { damaged } from "./errors.ts";
import { describeKey } from "./keys.ts";
import { type Level, type LevelChange, levelError, openLevel } from "./level.ts";
import { openValue } from "./sealed-value.ts";

/** Opens the LevelDB database of a directory; tests put in one that fails. */
export type LevelOpener = (directory: string, options: { readonly createIfMissing: boolean }) => Promise<Level>;

/**
 * The LevelDB database under the store: reads that see whole blocks only, and one durable batch at a time.
 *
 * While a batch is being written, reads come from a snapshot taken before it. After a failed write LevelDB's log may end
 * in half a record, behind which later records would be lost: the database is then opened anew before the next batch.
 */
export class Database {
  readonly #directory: string;
  readonly #opener: LevelOpener;
  #level: Level;
  #snapshot: ReturnType<Level["snapshot"]> | undefined;
  #mustReopen = false;

  private constructor(directory: string, opener: LevelOpener, level: Level) {
    this.#directory = directory;
    this.#opener = opener;
    this.#level = level;
  }

  static async open(
    directory: string,
    { createIfMissing, opener = openLevel }: { readonly createIfMissing: boolean; readonly opener?: LevelOpener },
  ): Promise<Database> {
    if (createIfMissing) mkdirSync(directory, { recursive: true });
    return new Database(directory, opener, await opener(directory, { createIfMissing }));
  }

  /** The bytes under a key as they lie there, still sealed. Throws StoreError. */
  readonly getSealed = (key: Uint8Array): Uint8Array | undefined => {
    try {
      return this.#level.getSync(key, this.#readOptions());
    } catch (error) {
      throw levelError(error, describeKey(key));
    }
  };

  /** The value under a key, its seal checked. Throws StoreError `damaged`. */
  readonly get = (key: Uint8Array): Uint8Array | undefined => {
    const sealed = this.getSealed(key);
    if (sealed === undefined) return undefined;
    const value = openValue(key, sealed);
    if (value === undefined) throw damaged(describeKey(key), "its bytes are not those that were written");
    return value;
  };

  /** The bytes under many keys, still sealed, read off the main thread. */
  readonly getManySealed = async (keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> => {
    try {
      return await this.#level.getMany(keys, this.#readOptions());
    } catch (error) {
      throw levelError(error, `${keys.length} keys`);
    }
  };

  /** Goes through a range of keys in order, in large batches: [key, sealed value]. Throws StoreError. */
  async *entries(range: {
    readonly gte: Uint8Array;
    readonly lt: Uint8Array;
  }): AsyncGenerator<[Uint8Array, Uint8Array][]> {
    const iterator = this.#level.iterator({ ...range, highWaterMarkBytes: 4 << 20 });
    try {
      for (;;) {
        const entries = await iterator.nextv(ENTRIES_AT_ONCE);
        if (entries.length === 0) return;
        yield entries;
      }
    } catch (error) {
      throw levelError(error, describeKey(range.gte));
    } finally {
      await iterator.close();
    }
  }

  /** Whether a write failed, so that `reopen` must come before the next. */
  get mustReopen(): boolean {
    return this.#mustReopen;
  }

  /**
   * Opens the database anew after a failed write. Its batch may have reached the log after all: the caller looks.
   *
   * `bytes` is what the next batch will write. Closing first would leave nothing to read from if there is still no room,
   * so room is tried for; throws StoreError `disk-full` while there is none.
   */
  async reopen(bytes: number, where: string): Promise<void> {
    await this.#tryRoom(bytes, where);
    await this.#level.close();
    this.#level = await this.#opener(this.#directory, { createIfMissing: false });
    this.#mustReopen = false;
  }

  /**
   * Writes all changes or none, and resolves when they are on the disk. `apply` runs in the moment in which reads begin
   * to see them. Throws StoreError; then nothing has changed, and `mustReopen` is set.
   */
  async write(changes: LevelChange[], where: string, apply: () => void): Promise<void> {
    const snapshot = this.#level.snapshot();
    this.#snapshot = snapshot;
    try {
      await this.#level.batch(changes, { sync: true });
      apply();
    } catch (error) {
      this.#mustReopen = true;
      throw levelError(error, where);
    } finally {
      this.#snapshot = undefined;
      await snapshot.close();
    }
  }

  /** Deletes a range without waiting for the disk: only for what may come back. */
  async clear(range: { readonly gte: Uint8Array; readonly lt: Uint8Array }): Promise<void> {
    if (!this.#mustReopen) await this.#level.clear(range);
  }

  async close(): Promise<void> {
    await this.#level.close();
  }

  #readOptions(): { snapshot?: ReturnType<Level["snapshot"]> } {
    return this.#snapshot === undefined ? {} : { snapshot: this.#snapshot };
  }

  async #tryRoom(bytes: number, where: string): Promise<void> {
    const path = join(this.#directory, "..", "room-probe");
    try {
      const file = await open(path, "w");
      try {
        const chunk = Buffer.alloc(1 << 20, 1);
        for (let left = 2 * bytes + logBytes(this.#directory) + ROOM_TO_OPEN; left > 0; left -= chunk.length)
          await file.write(chunk);
        await file.datasync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw levelError(error, where);
    } finally {
      rmSync(path, { force: true });
    }
  }
}

const ENTRIES_AT_ONCE = 16_384;
// Opening writes a new MANIFEST and log, and what lies in the old log as a table.
const ROOM_TO_OPEN = 1 << 20;

function logBytes(directory: string): number {
  const logs = readdirSync(directory).filter((name) => name.endsWith(".log"));
  return logs.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}
