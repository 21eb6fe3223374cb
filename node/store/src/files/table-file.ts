import { crc32c, maskCrc } from "./crc32c.ts";
import { readVarint, unsnappy } from "./snappy.ts";

/**
 * Checks every block of a table file (.ldb) of LevelDB against its checksum, which LevelDB itself does not ask for, and
 * that the blocks cover the file. Gives what is wrong, with offsets; nothing when the file is whole.
 *
 * Format: LevelDB doc/table_format.md; a footer of 48 bytes, a trailer of 5 bytes (type, masked CRC) after each block.
 */
export function checkTableFile(bytes: Uint8Array): { readonly offset: number; readonly what: string }[] {
  const footer = readFooter(bytes);
  if (footer === undefined) return [{ offset: Math.max(0, bytes.length - FOOTER_BYTES), what: "no table footer" }];
  const blocks = [...footer, ...blocksNamedIn(bytes, footer[0]), ...blocksNamedIn(bytes, footer[1])];
  const damage = blocks.filter((block) => !isBlockWhole(bytes, block)).map(({ offset }) => damaged(offset));
  if (damage.length > 0) return damage;
  const covered = blocks.reduce((sum, { size }) => sum + size + TRAILER_BYTES, FOOTER_BYTES);
  if (covered === bytes.length) return [];
  return [{ offset: 0, what: `${bytes.length - covered} bytes that no block covers` }];
}

type Handle = { readonly offset: number; readonly size: number };

const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = Buffer.from("57fb808b247547db", "hex");
const SNAPPY = 1;

const damaged = (offset: number) => ({ offset, what: "a block with a wrong checksum" });

/** The handles of the meta index and of the index. */
function readFooter(bytes: Uint8Array): [Handle, Handle] | undefined {
  if (bytes.length < FOOTER_BYTES) return undefined;
  const footer = bytes.subarray(bytes.length - FOOTER_BYTES);
  if (MAGIC.compare(footer.subarray(FOOTER_BYTES - MAGIC.length)) !== 0) return undefined;
  const metaIndex = readHandle(footer, 0);
  const index = metaIndex && readHandle(footer, metaIndex.next);
  return metaIndex && index ? [metaIndex.handle, index.handle] : undefined;
}

function readHandle(bytes: Uint8Array, start: number): { handle: Handle; next: number } | undefined {
  const offset = readVarint(bytes, start);
  const size = offset && readVarint(bytes, offset.next);
  return offset && size && { handle: { offset: offset.value, size: size.value }, next: size.next };
}

function isBlockWhole(bytes: Uint8Array, { offset, size }: Handle): boolean {
  const end = offset + size + 1;
  if (end + 4 > bytes.length - FOOTER_BYTES) return false;
  const stored = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(end);
  return maskCrc(crc32c(bytes, offset, end)) === stored;
}

/** The blocks that an index names in its values; none where it is damaged itself, which is found on its own. */
function blocksNamedIn(bytes: Uint8Array, index: Handle): Handle[] {
  if (!isBlockWhole(bytes, index)) return [];
  const stored = bytes.subarray(index.offset, index.offset + index.size);
  const block = bytes[index.offset + index.size] === SNAPPY ? unsnappy(stored) : stored;
  return block === undefined ? [] : valuesOf(block).flatMap((value) => readHandle(value, 0)?.handle ?? []);
}

/** The values of a block's entries: shared, unshared and value length, key, value; then the restart points. */
function valuesOf(block: Uint8Array): Uint8Array[] {
  const restarts = Buffer.from(block.buffer, block.byteOffset, block.length).readUInt32LE(block.length - 4);
  const end = block.length - 4 * (restarts + 1);
  const values: Uint8Array[] = [];
  for (let at = 0; at < end; ) {
    const shared = readVarint(block, at);
    const unshared = shared && readVarint(block, shared.next);
    const length = unshared && readVarint(block, unshared.next);
    if (!length || !unshared) return values;
    const start = length.next + unshared.value;
    values.push(block.subarray(start, start + length.value));
    at = start + length.value;
  }
  return values;
}
