import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { AppError } from "#lib/core/errors/app-error.ts";
import { runReaderTask } from "#lib/node/reader/pool/reader-tasks.ts";
import type { WorkerAnswer, WorkerRequest } from "#lib/node/reader/pool/worker-messages.ts";

// On Linux this is the priority of the calling thread alone: reading gives way to answering. Elsewhere it would be
// the whole process's, so it is left as it is.
if (process.platform === "linux") lowerPriority();

const port = parentPort;
if (!port) throw new Error("The reader's worker was started outside a worker thread.");

port.on("message", async ({ id, task }: WorkerRequest) => {
  let answer: WorkerAnswer;
  try {
    answer = { id, result: await runReaderTask(task) };
  } catch (error) {
    const expected = error instanceof AppError ? error : null;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    answer = {
      id,
      error: { code: expected?.code ?? null, userMessage: expected?.userMessage ?? null, detail },
    };
  }
  port.postMessage(answer, "result" in answer ? buffersOf(answer.result) : []);
});

/** Byte arrays right in the result are handed over instead of copied; pooled ones, which others share, are not. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (typeof result !== "object" || result === null) return [];
  return Object.values(result).flatMap((value) => {
    const whole = value instanceof Uint8Array && value.byteLength === value.buffer.byteLength;
    return whole && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  });
}

port.postMessage({ ready: true } satisfies WorkerAnswer);

function lowerPriority(): void {
  try {
    setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A sandbox may forbid it; reading works all the same.
  }
}
