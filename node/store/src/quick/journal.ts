import { closeSync, ftruncateSync, openSync, write } from "node:fs";

/**
 * A file that records are appended to off the main thread, one write under way at a time, never waited for by a block.
 *
 * What could not be written (a full disk) waits for the next record, up to a bound; beyond it the journal is lost, which
 * costs the next start a full reading and nothing else.
 */
export class Journal {
  readonly #file: number;
  #end: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #isLost = false;

  private constructor(file: number, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Begins a file with its head, or goes on behind an offset of one that is there. Throws what the disk says. */
  static open(path: string, start: { readonly head: Uint8Array } | { readonly end: number }): Journal {
    if ("head" in start) {
      const journal = new Journal(openSync(path, "w"), 0);
      journal.append(start.head);
      return journal;
    }
    const file = openSync(path, "r+");
    ftruncateSync(file, start.end);
    return new Journal(file, start.end);
  }

  /** Bytes of the file when all is written. */
  get bytes(): number {
    return this.#end + this.#waitingBytes;
  }

  append(record: Uint8Array): void {
    if (this.#isLost) return;
    this.#waiting.push(record);
    this.#waitingBytes += record.length;
    this.#writing ??= this.#writeAll();
  }

  /** Writes what waits and closes the file; false where something is lost. */
  async close(): Promise<boolean> {
    await this.#writing;
    if (this.#waiting.length > 0) await this.#writeAll();
    const isWhole = !this.#isLost && this.#waiting.length === 0;
    this.#isLost = true;
    closeSync(this.#file);
    return isWhole;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0 && (await this.#writeOnce()));
    this.#writing = undefined;
    if (this.#waitingBytes > MOST_WAITING_BYTES) this.#lose();
  }

  /** Writes all that waits in one call; false where the disk refuses. What was written in part is written again. */
  async #writeOnce(): Promise<boolean> {
    const count = this.#waiting.length;
    const bytes = count === 1 ? (this.#waiting[0] as Uint8Array) : Buffer.concat(this.#waiting);
    if ((await writeAt(this.#file, bytes, this.#end)) < bytes.length) return false;
    this.#waiting = this.#waiting.slice(count);
    this.#waitingBytes -= bytes.length;
    this.#end += bytes.length;
    return true;
  }

  #lose(): void {
    this.#isLost = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}

const MOST_WAITING_BYTES = 64 << 20;

/** How many bytes the disk took. */
function writeAt(file: number, bytes: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve) => {
    write(file, bytes, 0, bytes.length, position, (error, written) => resolve(error === null ? written : 0));
  });
}
