import { utf8Encode } from "@acta/bytes";
import { expect, test } from "vitest";
import { crc32, storedZip } from "./stored-zip.ts";

test("the checksum is that of the standard", () => {
  expect(crc32(utf8Encode("123456789"))).toBe(0xcbf43926);
});

test("an archive has its files as they are, and a directory that finds them", () => {
  const zip = storedZip([
    { name: "合同.slip", bytes: utf8Encode("first") },
    { name: "b.slip", bytes: utf8Encode("second") },
  ]);
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length);
  const end = zip.length - 22;
  expect([view.getUint32(end, true), view.getUint16(end + 10, true)]).toEqual([0x06054b50, 2]);
  const directory = view.getUint32(end + 16, true);
  expect(view.getUint32(directory, true)).toBe(0x02014b50);
  const second = view.getUint32(directory + 46 + utf8Encode("合同.slip").length + 42, true);
  expect(new TextDecoder().decode(zip.subarray(second + 30, second + 42))).toBe("b.slipsecond");
});
