import { none, type Tally } from "./tally.ts";

/** What vitest's JSON reporter writes, as far as it is counted. */
type Report = {
  readonly testResults?: readonly {
    readonly status?: string;
    readonly assertionResults?: readonly { readonly status?: string }[];
  }[];
};

/**
 * Counts a run of vitest from its JSON report and its exit code.
 *
 * A file that could not be loaded has no tests and counts as one failed. A run that ended badly although nothing in the
 * report failed (an error outside every test, a crash, no report at all) counts as one failed too.
 */
export function tallyOf(report: string | undefined, code: number): Tally {
  const counted = report === undefined ? none : count(JSON.parse(report) as Report); // every member is asked for below
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function count(report: Report): Tally {
  const files = report.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults ?? []).map(({ status }) => status);
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults?.some((assertion) => assertion.status === "failed"),
  );
  const passed = tests.filter((status) => status === "passed").length;
  const failed = tests.filter((status) => status === "failed").length;
  return { passed, failed: failed + broken.length, skipped: tests.length - passed - failed };
}
