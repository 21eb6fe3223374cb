import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utf8Encode } from "@acta/bytes";
import { ClassicLevel } from "classic-level";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkFiles } from "./check-files.ts";
import { crc32c } from "./crc32c.ts";
import { readLogFile } from "./log-file.ts";
import { readManifest } from "./manifest.ts";
import { unsnappy } from "./snappy.ts";
import { checkTableFile } from "./table-file.ts";

let directory: string;

// A database of real tables and a real log: compressible and incompressible values, records over several blocks.
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "acta-files-"));
  for (let round = 0; round < 3; round++) {
    const level = new ClassicLevel<string, string>(directory);
    for (let index = 0; index < 400; index++) await level.put(`key ${index} ${round}`, `value ${index} `.repeat(60));
    await level.put(`large ${round}`, Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 10_007).join());
    await level.close();
  }
});

afterAll(() => rmSync(directory, { recursive: true }));

const files = (ending: string) => readdirSync(directory).filter((name) => name.includes(ending));
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(directory, name)));

test("the checksum is that of RFC 3720, B.4", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  expect(crc32c(utf8Encode("123456789"))).toBe(0xe3069283);
});

test("Snappy's literals and copies unfold, overlapping ones too", () => {
  expect(unsnappy(Uint8Array.of(3, 0x08, 97, 98, 99))).toEqual(utf8Encode("abc"));
  // "ab", then 8 bytes from 2 back.
  expect(unsnappy(Uint8Array.of(10, 0x04, 97, 98, 0x1e, 2, 0))).toEqual(utf8Encode("ababababab"));
  expect(unsnappy(Uint8Array.of(10, 0x04, 97, 98, 0x1e, 9, 0))).toBeUndefined();
  expect(unsnappy(Uint8Array.of(200, 1, 0x04, 97))).toBeUndefined();
});

describe("the files that LevelDB wrote", () => {
  test("are whole", () => {
    expect(files(".ldb").length).toBeGreaterThan(0);
    expect(checkFiles(directory)).toMatchObject({ damage: [], torn: [] });
    for (const name of files(".ldb")) expect(checkTableFile(bytesOf(name))).toEqual([]);
  });

  test("a MANIFEST names every table", () => {
    const manifest = readManifest(readLogFile(bytesOf(files("MANIFEST")[0] ?? "")).records);
    const numbers = files(".ldb").map((name) => Number.parseInt(name, 10));
    expect([...(manifest?.tables.keys() ?? [])].sort()).toEqual(numbers.sort());
  });

  test("a flipped bit anywhere in a table is found", () => {
    const table = bytesOf(files(".ldb")[0] ?? "");
    const magic = table.length - 8;
    for (let at = 0; at < table.length; at += at < table.length - 2000 ? 997 : 13) {
      // Between the footer's handles and its magic number are bytes that nothing reads.
      if (at > magic - 30 && at < magic) continue;
      const harmed = table.slice();
      harmed[at] = (harmed[at] ?? 0) ^ 4;
      expect(checkTableFile(harmed).length, `offset ${at}`).toBeGreaterThan(0);
    }
  });

  test("a flipped bit in a log is damage before the last record, and a torn end in it", () => {
    const log = bytesOf(files(".log")[0] ?? "");
    const { records, damage, torn } = readLogFile(log);
    expect([records.length, damage.length, torn]).toEqual([401, 0, undefined]);
    const early = log.slice();
    early[50] = (early[50] ?? 0) ^ 1;
    expect(readLogFile(early).damage).toEqual([{ offset: 0, what: "a record with a wrong checksum" }]);
    expect(readLogFile(early).records).toHaveLength(400);
    const late = log.slice();
    late[late.length - 1] = (late.at(-1) ?? 0) ^ 1;
    expect(readLogFile(late)).toMatchObject({ damage: [], torn: { isCut: false } });
    expect(readLogFile(log.subarray(0, log.length - 5))).toMatchObject({ damage: [], torn: { isCut: true } });
  });
});
