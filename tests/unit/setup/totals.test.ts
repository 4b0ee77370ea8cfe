import { describe, expect, it } from "vitest";
import {
  addTotals,
  formatTotals,
  readPlaywrightTotals,
  readVitestTotals,
} from "../../../scripts/testing/totals.ts";

const vitest = (over: object = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});
const playwright = (over: object = {}) => ({
  stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...over },
});

describe("the last line of npm test", () => {
  it("names skipped tests only when there are some", () => {
    expect(formatTotals({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(formatTotals({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
  });

  it("is the sum of all steps", () => {
    expect(
      addTotals([
        { passed: 1, failed: 0, skipped: 2 },
        { passed: 10, failed: 3, skipped: 4 },
      ]),
    ).toEqual({ passed: 11, failed: 3, skipped: 6 });
  });
});

describe("a report of Vitest", () => {
  it("is counted as it stands", () => {
    const report = vitest({ numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
    expect(readVitestTotals(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const report = vitest({ testResults: [{ status: "failed", assertionResults: [] }] });
    expect(readVitestTotals(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it("does not count the file of a failed test again", () => {
    const testResults = [{ status: "failed", assertionResults: [{ status: "failed" }] }];
    expect(readVitestTotals(vitest({ numFailedTests: 1, testResults }), 1)).toMatchObject({ failed: 1 });
  });

  it("never passes when the runner failed without naming a test", () => {
    expect(readVitestTotals(vitest(), 1)).toMatchObject({ failed: 1 });
  });
});

describe("a report of Playwright", () => {
  it("counts a flaky test as failed", () => {
    expect(readPlaywrightTotals(playwright({ unexpected: 1, flaky: 1, skipped: 1 }), 1)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
    });
  });

  it("never passes when the runner failed without naming a test", () => {
    expect(readPlaywrightTotals(playwright(), 1)).toMatchObject({ failed: 1 });
  });
});
