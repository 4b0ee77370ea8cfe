import type { ReaderTask } from "#lib/node/reader/pool/reader-tasks.ts";
import type { ErrorCode } from "#lib/protocol/errors.ts";

export interface WorkerRequest {
  id: number;
  task: ReaderTask;
}

/** What a worker says. A failure keeps its code when it was an expected one. */
export type WorkerAnswer =
  | { ready: true }
  | { id: number; result: unknown }
  | { id: number; error: { code: ErrorCode | null; userMessage: string | null; detail: string } };
