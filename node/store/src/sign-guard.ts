import { constants, existsSync, readFileSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { concatBytes, encode, equalBytes, uint64 } from "@acta/bytes";
import { sha256 } from "@acta/crypto";
import { type BlockId, type Commit, type Header, headerHash, headerToCbor } from "@acta/light-client";
import { commitFromCbor, commitToCbor, headerOf } from "./block-records.ts";
import { bytes, fields, list, number, record } from "./cbor-fields.ts";
import { StoreError } from "./errors.ts";
import { levelError } from "./level.ts";

/** A block that this node has voted for, whole, so that after a crash the very same block can be committed. */
export type SignedBlock = {
  readonly height: number;
  readonly header: Header;
  readonly headerHash: Uint8Array;
  readonly blockId: BlockId;
  /** The commit of this block, with this node's vote in it. */
  readonly commit: Commit;
  readonly transactions: readonly Uint8Array[];
};

/** What a sign guard remembers. */
export type Signed = {
  /** The newest block that was signed, or undefined. */
  readonly last: SignedBlock | undefined;
  /** Names of the files whose bytes are not whole: a write broke off there, or they were damaged. */
  readonly broken: readonly string[];
};

/**
 * Remembers the newest block that this node voted for, outside the database: LevelDB may lose the end of its log
 * without a word, and a height must not be signed twice for that.
 *
 * Two files take turns by height, each with a length and a hash before its bytes, so that a write that breaks off leaves
 * the height before. One writer at a time.
 */
export class SignGuard implements Signed {
  readonly #files: readonly [FileHandle, FileHandle];
  readonly #broken: readonly string[];
  #last: SignedBlock | undefined;

  private constructor(
    files: readonly [FileHandle, FileHandle],
    last: SignedBlock | undefined,
    broken: readonly string[],
  ) {
    this.#files = files;
    this.#last = last;
    this.#broken = broken;
  }

  /** Opens or creates the two files in a directory and reads them. */
  static async open(directory: string): Promise<SignGuard> {
    await mkdir(directory, { recursive: true });
    const { last, broken } = readSigned(directory);
    const files = [await openFile(directory, 0), await openFile(directory, 1)] as const;
    await syncDirectory(directory);
    await syncDirectory(dirname(directory));
    return new SignGuard(files, last, broken);
  }

  get last(): SignedBlock | undefined {
    return this.#last;
  }

  get broken(): readonly string[] {
    return this.#broken;
  }

  /**
   * Makes a signed block durable. Only when this has resolved may anyone see the signature.
   *
   * The same block again changes nothing. Throws StoreError `out-of-order` for another block of the same height or a
   * lower one, `disk-full` or `io` where it could not be written; then the signature must not be shown.
   */
  async record(block: SignedBlock): Promise<void> {
    const last = this.#last;
    if (last !== undefined && last.height >= block.height) return assertSame(last, block);
    const file = this.#files[block.height % 2 === 0 ? 0 : 1];
    const payload = encodeSigned(block);
    try {
      await writeAll(file, concatBytes(uint64(payload.length), sha256(payload), payload));
      await file.datasync();
    } catch (error) {
      throw levelError(error, `signature of block ${block.height}`);
    }
    this.#last = block;
  }

  async close(): Promise<void> {
    await this.#files[0].close();
    await this.#files[1].close();
  }
}

/** The guard's files, by height modulo 2. */
export const GUARD_FILES = ["signed-even", "signed-odd"] as const;

/** What the guard's files in a directory say; reads only. */
export function readSigned(directory: string): Signed {
  const slots = GUARD_FILES.map((name) => readSlot(join(directory, name)));
  const broken = GUARD_FILES.filter((_, index) => slots[index] === "broken");
  const whole = slots.filter((slot) => slot !== "broken" && slot !== "empty");
  return { last: whole.sort((a, b) => b.height - a.height)[0], broken };
}

const LENGTH_BYTES = 8;
const HEAD_BYTES = LENGTH_BYTES + 32;

async function openFile(directory: string, index: 0 | 1): Promise<FileHandle> {
  return open(join(directory, GUARD_FILES[index]), constants.O_RDWR | constants.O_CREAT, 0o600);
}

/** Makes names that were created in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  await handle.sync();
  await handle.close();
}

async function writeAll(file: FileHandle, content: Uint8Array): Promise<void> {
  for (let written = 0; written < content.length; ) {
    const { bytesWritten } = await file.write(content, written, content.length - written, written);
    written += bytesWritten;
  }
}

function readSlot(path: string): SignedBlock | "empty" | "broken" {
  const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (content.length === 0) return "empty";
  if (content.length < HEAD_BYTES) return "broken";
  const length = Number(content.readBigUInt64BE(0));
  const payload = content.subarray(HEAD_BYTES, HEAD_BYTES + length);
  const isWhole = payload.length === length && equalBytes(sha256(payload), content.subarray(LENGTH_BYTES, HEAD_BYTES));
  return isWhole ? decodeSigned(payload) : "broken";
}

function encodeSigned({ height, header, commit, transactions }: SignedBlock): Uint8Array {
  return encode([1, height, headerToCbor(header), commitToCbor(commit), transactions]);
}

function decodeSigned(payload: Uint8Array): SignedBlock {
  const [, height, headerForm, commitForm, transactions] = fields(record(payload), 5);
  const header = headerOf(headerForm);
  const commit = commitFromCbor(commitForm);
  return {
    height: number(height),
    header,
    headerHash: headerHash(header),
    blockId: commit.blockId,
    commit,
    transactions: list(transactions).map(bytes),
  };
}

function assertSame(last: SignedBlock, block: SignedBlock): void {
  const isSame =
    last.height === block.height &&
    equalBytes(last.headerHash, block.headerHash) &&
    equalBytes(encode(commitToCbor(last.commit)), encode(commitToCbor(block.commit)));
  if (isSame) return;
  throw new StoreError("out-of-order", {
    where: `signature of block ${block.height}`,
    what: `block ${last.height} was signed already, and it is not this one`,
    remedy: "Commit the block that was signed (pendingCandidate); another one of its height must never be seen.",
  });
}
