import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { killRound } from "../src/kills.ts";

// `npm run soak -- kills` does the same thousands of times, with other seeds.
test("twenty kills under load lose nothing that was reported as entered, and replay gives the same app hash", async () => {
  const data = mkdtempSync(join(tmpdir(), "acta-kills-"));
  const summary = await killRound(data, 20_261_121, 20);
  console.log("20 kills:", JSON.stringify(summary));
  expect(summary.kills).toBe(20);
  expect(summary.entered).toBeGreaterThan(20);
  expect(summary.receipts).toBeGreaterThan(5);
});
