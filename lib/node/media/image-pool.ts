import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { join } from "node:path";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createFairQueue } from "#lib/core/media/fair-queue.ts";
import { type ImageJob, imageReplySchema, type RenderedImage } from "#lib/node/media/image-job.ts";

export interface ImagePoolOptions {
  /** Pictures decoded at once, each in a process of its own. */
  size: number;
  /** Pictures that may wait; one more is refused. */
  queueMax: number;
  /** From the start of a picture to its end; then its process is killed. */
  timeoutMs: number;
  /** A process nobody needs ends after this long. */
  idleMs: number;
  /** A process that holds more than this after a picture is replaced. */
  rssBytesMax: number;
}

export interface ImagePool {
  /**
   * @param group Who asks. Groups take turns, and while there are several processes one is always left for the others.
   * @throws AppError `unavailable` when too many wait, `too_large` or `bad_response`
   * for a picture past the bounds or broken, `page_crashed` when it took too long or
   * its process died; the signal's reason when aborted while waiting.
   */
  render(job: ImageJob, group: string, signal?: AbortSignal): Promise<RenderedImage>;
  /** Kills all processes; what is under way fails. */
  close(): void;
}

interface Task {
  job: ImageJob;
  group: string;
  resolve(image: RenderedImage): void;
  reject(error: unknown): void;
}

interface Worker {
  child: ChildProcess;
  task: Task | null;
  timer: NodeJS.Timeout | undefined;
}

/** The process runs the source itself, so the bundler is told to leave the path alone. */
const ENTRY = join(/* turbopackIgnore: true */ process.cwd(), "lib/node/media/image-process.ts");

/** Decoders get nothing of our environment, two allocator arenas and a small script heap. */
const FORK_OPTIONS: ForkOptions = {
  env: { NODE_ENV: "production", UV_THREADPOOL_SIZE: "2", MALLOC_ARENA_MAX: "2" },
  execArgv: ["--max-old-space-size=64"],
  serialization: "advanced",
  stdio: ["ignore", "ignore", "ignore", "ipc"],
};

/** Bounded processes, a bounded queue in front of them, and a clear refusal beyond. Processes start when needed. */
export function createImagePool(options: ImagePoolOptions): ImagePool {
  const workers = new Set<Worker>();
  const queue = createFairQueue<Task>();
  const groupShare = Math.max(1, options.size - 1);

  function start(): Worker {
    const child = fork(/* turbopackIgnore: true */ ENTRY, [], FORK_OPTIONS);
    const worker: Worker = { child, task: null, timer: undefined };
    workers.add(worker);
    child.on("message", (message) => receive(worker, message));
    child.on("error", (error) => end(worker, `could not start: ${error.message}`));
    child.on("exit", (code, signal) => end(worker, `ended with ${signal ?? code}`));
    return worker;
  }

  /** Takes a process out of service; what it was working on fails. Idempotent. */
  function end(worker: Worker, detail: string): void {
    if (!workers.delete(worker)) return;
    clearTimeout(worker.timer);
    worker.child.kill("SIGKILL");
    worker.task?.reject(new AppError("page_crashed", { detail: `image process ${detail}` }));
    worker.task = null;
    next();
  }

  function next(): void {
    for (;;) {
      const idle = [...workers].find(({ task }) => task === null);
      if (!idle && workers.size >= options.size) return;
      const taken = queue.shift((group) => running(group) < groupShare);
      if (!taken) return;
      assign(idle ?? start(), taken.item);
    }
  }

  function running(group: string): number {
    return [...workers].filter(({ task }) => task?.group === group).length;
  }

  function assign(worker: Worker, task: Task): void {
    worker.task = task;
    clearTimeout(worker.timer);
    worker.timer = setTimeout(() => end(worker, `took over ${options.timeoutMs} ms`), options.timeoutMs);
    worker.child.ref();
    worker.child.channel?.ref();
    worker.child.send(task.job, (error) => {
      if (error) end(worker, `did not take the picture: ${error.message}`);
    });
  }

  function receive(worker: Worker, message: unknown): void {
    const { task } = worker;
    const reply = imageReplySchema.safeParse(message);
    if (!task || !reply.success) {
      end(worker, "answered something else");
      return;
    }
    worker.task = null;
    clearTimeout(worker.timer);
    if (reply.data.ok) task.resolve(reply.data.image);
    else task.reject(new AppError(reply.data.code, { detail: reply.data.detail }));
    if (reply.data.rssBytes > options.rssBytesMax) {
      end(worker, "grew too large");
      return;
    }
    // An idle process must not keep the server from ending.
    worker.child.unref();
    worker.child.channel?.unref();
    worker.timer = setTimeout(() => end(worker, "was idle"), options.idleMs).unref();
    next();
  }

  return {
    render(job, group, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        if (queue.size >= options.queueMax) {
          reject(new AppError("unavailable", { detail: "too many pictures wait" }));
          return;
        }
        const onAbort = () => {
          queue.remove(group, task);
          reject(signal?.reason);
        };
        const settled = () => signal?.removeEventListener("abort", onAbort);
        const task: Task = {
          job,
          group,
          resolve: (image) => {
            settled();
            resolve(image);
          },
          reject: (error) => {
            settled();
            reject(error);
          },
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        queue.push(group, task);
        next();
      });
    },
    close() {
      for (const task of queue.drain()) task.reject(new AppError("unavailable", { detail: "closing" }));
      for (const worker of workers) end(worker, "was closed");
    },
  };
}
