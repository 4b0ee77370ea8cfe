import { Worker } from "node:worker_threads";
import { AppError } from "#lib/core/errors/app-error.ts";
import { getEnv } from "#lib/node/env.ts";
import type { ReaderResult, ReaderTask, ReaderTaskKind } from "#lib/node/reader/pool/reader-tasks.ts";
import type { WorkerAnswer, WorkerRequest } from "#lib/node/reader/pool/worker-messages.ts";

export interface ReaderPoolOptions {
  /** Worker threads. */
  size: number;
  /** How long one task may take before its worker is ended. */
  timeoutMs: number;
  /** Old-generation heap of one worker; beyond it the worker is ended. */
  memoryMbMax: number;
  /** Tasks that may wait; more are refused. */
  queueMax: number;
}

export interface ReaderPoolStats {
  workers: number;
  busy: number;
  queued: number;
  /** Workers that were ended because of a page, since the start. */
  crashes: number;
}

export interface ReaderPool {
  /**
   * Runs one task on an idle worker.
   * @throws AppError `page_crashed` when the task used too much time or memory or failed unexpectedly,
   *   `unavailable` when the queue is full or the pool is closed, the reader's own code otherwise.
   * @throws the signal's reason when it aborts first; a task that was already running is ended with its worker.
   */
  read<Kind extends ReaderTaskKind>(
    task: ReaderTask<Kind>,
    options?: { signal?: AbortSignal },
  ): Promise<ReaderResult<Kind>>;
  /** Starts every worker; resolves when all are ready to read. */
  warmUp(): Promise<void>;
  stats(): ReaderPoolStats;
  /** Ends every worker and refuses what waits. Idempotent. */
  close(): Promise<void>;
}

interface Job {
  id: number;
  task: ReaderTask;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
  signal: AbortSignal | undefined;
  onAbort: (() => void) | undefined;
}

interface Slot {
  worker: Worker;
  ready: Promise<void>;
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
  ended: boolean;
}

/**
 * Worker threads that read pages, so that a page can cost the server at most one
 * worker for `timeoutMs`. An ended worker is replaced when the next task needs
 * it. Idle workers do not keep the process alive.
 */
export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
  return new WorkerReaderPool(options);
}

class WorkerReaderPool implements ReaderPool {
  private readonly options: ReaderPoolOptions;
  private readonly slots = new Set<Slot>();
  private readonly queue: Job[] = [];
  private nextId = 1;
  private crashes = 0;
  private closed = false;

  constructor(options: ReaderPoolOptions) {
    this.options = options;
  }

  read<Kind extends ReaderTaskKind>(
    task: ReaderTask<Kind>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ReaderResult<Kind>> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.closed || this.queue.length >= this.options.queueMax) {
        reject(
          new AppError("unavailable", { detail: this.closed ? "reader pool closed" : "reader queue full" }),
        );
        return;
      }
      const job: Job = {
        id: this.nextId++,
        task: task as ReaderTask,
        resolve: resolve as (result: unknown) => void,
        reject,
        signal,
        onAbort: undefined,
      };
      if (signal) {
        job.onAbort = () => this.abort(job);
        signal.addEventListener("abort", job.onAbort, { once: true });
      }
      this.queue.push(job);
      this.dispatch();
    });
  }

  async warmUp(): Promise<void> {
    while (this.slots.size < this.options.size && !this.closed) this.addSlot();
    await Promise.all([...this.slots].map((slot) => slot.ready));
  }

  stats(): ReaderPoolStats {
    const busy = [...this.slots].filter((slot) => slot.job).length;
    return { workers: this.slots.size, busy, queued: this.queue.length, crashes: this.crashes };
  }

  async close(): Promise<void> {
    this.closed = true;
    const waiting = this.queue.splice(0);
    for (const job of waiting)
      settle(job).reject(new AppError("unavailable", { detail: "reader pool closed" }));
    await Promise.all(
      [...this.slots].map((slot) =>
        this.end(slot, new AppError("unavailable", { detail: "reader pool closed" })),
      ),
    );
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      let slot = [...this.slots].find((candidate) => !candidate.job);
      if (!slot && this.slots.size < this.options.size) slot = this.addSlot();
      if (!slot) return;
      const job = this.queue.shift() as Job;
      this.run(slot, job);
    }
  }

  private run(slot: Slot, job: Job): void {
    slot.job = job;
    slot.worker.ref();
    const { timeoutMs } = this.options;
    slot.timer = setTimeout(() => {
      this.crash(slot, `the task took more than ${timeoutMs} ms`);
    }, timeoutMs);
    slot.worker.postMessage({ id: job.id, task: job.task } satisfies WorkerRequest);
  }

  private addSlot(): Slot {
    const { memoryMbMax } = this.options;
    const worker = new Worker(new URL("./reader.worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMbMax, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    const slot: Slot = { worker, ready, job: null, timer: undefined, ended: false };
    worker.on("message", (answer: WorkerAnswer) => {
      if ("ready" in answer) {
        resolve();
        if (!slot.job) worker.unref();
      } else this.answer(slot, answer);
    });
    worker.on("error", (error) => this.crash(slot, `the worker failed: ${error.message}`, error));
    worker.on("exit", (code) => {
      resolve();
      this.crash(slot, `the worker exited with code ${code}`);
    });
    this.slots.add(slot);
    return slot;
  }

  private answer(slot: Slot, answer: Exclude<WorkerAnswer, { ready: true }>): void {
    const { job } = slot;
    if (!job || job.id !== answer.id) return;
    clearTimeout(slot.timer);
    slot.job = null;
    slot.worker.unref();
    if ("result" in answer) settle(job).resolve(answer.result);
    else {
      const { code, userMessage, detail } = answer.error;
      settle(job).reject(
        new AppError(code ?? "page_crashed", { detail, ...(userMessage ? { userMessage } : {}) }),
      );
    }
    this.dispatch();
  }

  /** Ends a worker because of what it was doing; once per worker, whichever sign of trouble comes first. */
  private crash(slot: Slot, detail: string, cause?: unknown): void {
    if (slot.ended) return;
    if (slot.job) this.crashes++;
    void this.end(slot, new AppError("page_crashed", { detail, cause }));
    this.dispatch();
  }

  private abort(job: Job): void {
    const at = this.queue.indexOf(job);
    if (at >= 0) {
      this.queue.splice(at, 1);
      settle(job).reject(job.signal?.reason);
      return;
    }
    const slot = [...this.slots].find((candidate) => candidate.job === job);
    if (!slot) return;
    void this.end(slot, job.signal?.reason);
    this.dispatch();
  }

  private async end(slot: Slot, reason: unknown): Promise<void> {
    if (slot.ended) return;
    slot.ended = true;
    this.slots.delete(slot);
    clearTimeout(slot.timer);
    const { job } = slot;
    slot.job = null;
    if (job) settle(job).reject(reason);
    await slot.worker.terminate();
  }
}

function settle(job: Job): Job {
  if (job.onAbort) job.signal?.removeEventListener("abort", job.onAbort);
  return job;
}

const POOL = Symbol.for("qui.reader-pool");

/** The process's pool, whichever bundle asks; sized by `QUI_READER_WORKERS`. */
export function getReaderPool(): ReaderPool {
  const holder = globalThis as { [POOL]?: ReaderPool };
  holder[POOL] ??= createReaderPool({
    size: getEnv().QUI_READER_WORKERS,
    timeoutMs: 15_000,
    memoryMbMax: 512,
    queueMax: 64,
  });
  return holder[POOL];
}
