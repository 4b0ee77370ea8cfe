import { readFileSync, rmSync } from "node:fs";
import { type RunOptions, runProgram } from "../services/run-program.ts";
import type { Totals } from "./totals.ts";

/** A tool that has no tests of its own: one check, passed or failed. */
export async function runCheck(
  commands: readonly (readonly string[])[],
  options: RunOptions,
): Promise<Totals> {
  for (const command of commands) {
    if ((await runProgram(command, options)) !== 0) return { passed: 0, failed: 1, skipped: 0 };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

/** A test runner that writes a JSON report. Without a report the run counts as one failure. */
export async function runSuite(
  command: readonly string[],
  options: RunOptions & { report: string; read: (report: unknown, exitCode: number) => Totals },
): Promise<Totals> {
  rmSync(options.report, { force: true });
  const exitCode = await runProgram(command, options);
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(options.report, "utf8"));
  } catch {
    console.error("qui: the test runner ended without a report.");
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return options.read(report, exitCode);
}
