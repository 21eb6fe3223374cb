/** How many tests and checks passed, failed and were skipped. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** Nothing counted yet. */
export const none: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The sum of several counts. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    none,
  );
}

/** The one line that other programs read: "N passed, N failed", and ", N skipped" where some were. */
export function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** The exit code of a run: 1 when something failed, and when there was nothing at all to run. */
export function exitCode({ passed, failed, skipped }: Tally): 0 | 1 {
  return failed > 0 || passed + skipped === 0 ? 1 : 0;
}
