import { AppError } from "#lib/core/errors/app-error.ts";

/** One clock and one abort for all of a request: lookup, connections, redirects, body. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why it was aborted; `undefined` while it was not. */
  reason(): unknown;
  abort(reason: unknown): void;
  /** Ends the clock and lets go of the caller's signal; later aborts do nothing. */
  clear(): void;
  /** Rejects with the reason as soon as there is one. The work itself is left to end by its own timeout. */
  race<Result>(work: Promise<Result>): Promise<Result>;
}

/** @param signal The caller's; its reason becomes the deadline's. */
export function createDeadline(totalTimeoutMs: number, signal: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const onAbort = () => abort(signal?.reason);
  const timer = setTimeout(
    () => abort(new AppError("timed_out", { detail: `no end after ${totalTimeoutMs} ms` })),
    totalTimeoutMs,
  ).unref();
  signal?.addEventListener("abort", onAbort, { once: true });

  function clear(): void {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
  function abort(reason: unknown): void {
    clear();
    controller.abort(reason);
  }
  if (signal?.aborted) abort(signal.reason);

  return {
    signal: controller.signal,
    reason: () => (controller.signal.aborted ? controller.signal.reason : undefined),
    abort,
    clear,
    race: (work) =>
      new Promise((resolve, reject) => {
        const onEnd = () => reject(controller.signal.reason);
        if (controller.signal.aborted) onEnd();
        controller.signal.addEventListener("abort", onEnd, { once: true });
        work.then(resolve, reject).finally(() => controller.signal.removeEventListener("abort", onEnd));
      }),
  };
}
