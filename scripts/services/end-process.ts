import { isRunning } from "./process-identity.ts";
import { waitFor } from "./wait-for.ts";

/**
 * Asks a process to end by each signal in turn until it has. Resolves once it is gone, or when even the last
 * signal had its time.
 * @returns whether it is gone.
 */
export async function endProcess(
  pid: number,
  steps: readonly { signal: NodeJS.Signals; waitMs: number }[],
): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isRunning(pid)) return true;
    try {
      process.kill(pid, signal);
    } catch {
      // It ended between the two lines.
      return true;
    }
    if (await waitFor(() => (isRunning(pid) ? null : true), { timeoutMs: waitMs, everyMs: 20 })) return true;
  }
  return !isRunning(pid);
}
