import { expect, test } from "vitest";
import { exitCode, inWords, none, sum } from "./tally.ts";
import { tallyOf } from "./vitest-report.ts";

test("the last line says how many passed and failed, and how many were skipped where some were", () => {
  expect(inWords({ passed: 12, failed: 1, skipped: 0 })).toBe("12 passed, 1 failed");
  expect(inWords({ passed: 12, failed: 0, skipped: 3 })).toBe("12 passed, 0 failed, 3 skipped");
});

test("a failure fails the run, and so does a run of nothing", () => {
  expect(exitCode({ passed: 12, failed: 1, skipped: 0 })).toBe(1);
  expect(exitCode(none)).toBe(1);
  expect(exitCode({ passed: 0, failed: 0, skipped: 1 })).toBe(0);
  expect(exitCode({ passed: 1, failed: 0, skipped: 0 })).toBe(0);
});

test("rings add up", () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});

test("counts each test of the report", () => {
  const statuses = ["passed", "failed", "pending", "todo", "passed"].map((status) => ({ status }));
  const report = JSON.stringify({ testResults: [{ status: "failed", assertionResults: statuses }] });
  expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test("a file that could not be loaded counts as failed", () => {
  const report = JSON.stringify({ testResults: [{ status: "failed", assertionResults: [] }] });
  expect(tallyOf(report, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a file whose tests passed and whose teardown failed counts as failed", () => {
  const report = JSON.stringify({ testResults: [{ status: "failed", assertionResults: [{ status: "passed" }] }] });
  expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("a run that ended badly without a failed test counts as failed", () => {
  const report = JSON.stringify({ testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }] });
  expect(tallyOf(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(tallyOf(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
