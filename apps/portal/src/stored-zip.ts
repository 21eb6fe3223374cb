import { concatBytes, utf8Encode } from "@acta/bytes";

/** A file in an archive. */
export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array };

/**
 * A ZIP archive of files as they are, without compression; names in UTF-8, dates at ZIP's beginning of time, so that
 * the same files give the same archive. For fewer than 65,536 files and 4 GiB (APPNOTE 6.3.9, without ZIP64).
 */
export function storedZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const nameBytes = utf8Encode(name);
    const common = commonFields(nameBytes.length, bytes);
    const local = concatBytes(u32(0x04034b50), common, u16(0), nameBytes);
    // Version made by; then, after the common fields: no extra field, comment, disk or attributes, and the offset.
    directory.push(
      concatBytes(u32(0x02014b50), u16(20), common, u16(0), u16(0), u16(0), u16(0), u32(0), u32(offset), nameBytes),
    );
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const [count, none] = [u16(entries.length), u16(0)];
  const end = concatBytes(u32(0x06054b50), none, none, count, count, u32(size), u32(offset), none);
  return concatBytes(...parts, ...directory, end);
}

const UTF8_NAMES = 1 << 11;
/** 1 January 1980. */
const FIRST_DAY = 0x0021;

/** What local header and directory share: version, flags, method (stored), time, day, CRC, both sizes, name's length. */
function commonFields(nameLength: number, bytes: Uint8Array): Uint8Array {
  const size = u32(bytes.length);
  return concatBytes(
    u16(20),
    u16(UTF8_NAMES),
    u16(0),
    u16(0),
    u16(FIRST_DAY),
    u32(crc32(bytes)),
    size,
    size,
    u16(nameLength),
  );
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as ZIP takes it (APPNOTE 4.4.7). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
}
