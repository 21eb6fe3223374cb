import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureDiskLimit } from "./disk-limit.ts";
import { meanOf } from "./limits.ts";

test("limits are means, and the swings are the largest differences by the mean", () => {
  const before = {
    signaturesPerSecond: 40_000,
    signatureMicroseconds: 50,
    hashesPerSecond: 1_000_000,
    appendsPerSecond: 100,
    megabytesPerSecond: 300,
  };
  const after = { ...before, signaturesPerSecond: 60_000, appendsPerSecond: 110 };
  expect(meanOf(before, after)).toEqual({
    signaturesPerSecond: 50_000,
    signatureMicroseconds: 50,
    hashesPerSecond: 1_000_000,
    appendsPerSecond: 105,
    megabytesPerSecond: 300,
    swing: 0.4,
    diskSwing: 0.1,
  });
});

test("the disk's limit leaves no file behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "acta-bench-"));
  const limit = await measureDiskLimit(folder, 0.02);
  expect(limit.appendsPerSecond).toBeGreaterThan(0);
  expect(limit.megabytesPerSecond).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
