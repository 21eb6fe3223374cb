import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deadlineRun } from "../src/deadlines/deadline-run.ts";

// `npm run soak -- deadlines` does the same with a million.
test("five thousand deadlines of one second pass in order, a block at a time, while others are served and the node is killed", async () => {
  const data = mkdtempSync(join(tmpdir(), "acta-deadlines-"));
  const summary = await deadlineRun(data, 20_261_121, 5000, () => undefined);
  console.log("5,000 deadlines:", JSON.stringify(summary));
  expect(summary).toMatchObject({ count: 5000, blocks: 5, mostInBlock: 1000 });
  expect(summary.meanwhile).toBeGreaterThan(1);
});
