export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export function addTotals(all: readonly Totals[]): Totals {
  const sum: Totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The last line of `npm test`. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Reads Vitest's JSON report. A file that could not even be loaded counts as one failure, and so does a run that
 * ended badly without naming a failed test (an unhandled rejection).
 */
export function readVitestTotals(report: unknown, exitCode: number): Totals {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  };
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return {
    passed: numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

/** Reads Playwright's JSON report. Flaky counts as failed: nothing here may pass only sometimes. */
export function readPlaywrightTotals(report: unknown, exitCode: number): Totals {
  const { expected, unexpected, flaky, skipped } = (
    report as { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
  ).stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}
