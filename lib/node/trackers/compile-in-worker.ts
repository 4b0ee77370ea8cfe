import { Worker } from "node:worker_threads";
import type { RuleKind } from "#lib/node/trackers/compile-filter-list.ts";

const COMPILE_TIMEOUT_MS = 60_000;
const COMPILE_MEMORY_MB = 768;

/**
 * Compiles a filter list in a thread of its own, which ends afterwards: the
 * parser's memory goes with it, and the caller's event loop stays free. Rejects
 * when the list cannot be parsed within a minute or the memory limit.
 */
export function compileInWorker(
  text: string,
  kind: RuleKind = "network",
): Promise<Uint8Array<SharedArrayBuffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<SharedArrayBuffer>>();
  const worker = new Worker(new URL("./compile-filter-list.worker.ts", import.meta.url), {
    workerData: { text, kind },
    resourceLimits: { maxOldGenerationSizeMb: COMPILE_MEMORY_MB },
  });
  const timer = setTimeout(() => {
    reject(new Error(`compiling a filter list took more than ${COMPILE_TIMEOUT_MS} ms`));
    void worker.terminate();
  }, COMPILE_TIMEOUT_MS);
  // Neither keeps a process alive that is about to end.
  worker.unref();
  timer.unref();
  worker.once("message", resolve);
  worker.once("error", reject);
  worker.once("exit", (code) => {
    clearTimeout(timer);
    reject(new Error(`the compiler of filter lists ended with code ${code}`));
  });
  return promise;
}
