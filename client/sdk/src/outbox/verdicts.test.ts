import { utf8Decode } from "@acta/bytes";
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { readVerdicts, type VerdictRow, writeVerdicts } from "./verdicts.ts";

const row = (file: string, reason = ""): VerdictRow => ({
  file,
  sha256: "00",
  verdict: "accepted",
  reason,
  transaction: "aa",
  height: "7",
});

test("verdicts are CSV that a spreadsheet reads", () => {
  const files = memoryFiles();
  writeVerdicts(files, "out", [row('a "quoted", name.txt')]);
  const text = utf8Decode(files.read("out/verdicts.csv"));
  expect(text).toBe('file,sha256,verdict,reason,transaction,height\r\n"a ""quoted"", name.txt",00,accepted,,aa,7\r\n');
});

test("no file means no verdicts", () => {
  expect(readVerdicts(memoryFiles(), "out")).toEqual([]);
});

test("whatever names files have, rows come back as they were written", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (cells) => {
      const files = memoryFiles();
      const rows = cells.map(([file, reason]) => row(file, reason));
      writeVerdicts(files, "out", rows);
      expect(readVerdicts(files, "out")).toEqual(rows);
    }),
    { seed: 20261121 },
  );
});
