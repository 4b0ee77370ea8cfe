import type { Readable } from "node:stream";
import { createProgressMeter } from "#lib/core/egress/progress-meter.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { toEgressError } from "#lib/node/egress/classify-error.ts";
import type { Deadline } from "#lib/node/egress/deadline.ts";
import { decodeBody, limitBytes } from "#lib/node/egress/decode-body.ts";
import type { EgressLimits } from "#lib/node/egress/egress.ts";

/**
 * The body as callers get it: counted as it arrives, watched for progress,
 * decoded, counted again. It pulls from the origin only what is read. Whatever
 * ends it early, a limit, the deadline or the reader's cancel, destroys the
 * connection beneath.
 */
export function guardBody(
  source: Readable,
  { encodings, limits, deadline }: { encodings: string[]; limits: EgressLimits; deadline: Deadline },
): ReadableStream<Uint8Array> {
  const raw = limitBytes(watchProgress(source, limits, deadline), limits.bodyBytesMax, "body");
  const { signal } = deadline;
  const chunks = decodeBody(raw, { encodings, bytesMax: limits.decodedBytesMax, signal })[
    Symbol.asyncIterator
  ]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (!done) return controller.enqueue(value);
          deadline.clear();
          controller.close();
        } catch (error) {
          const reason = deadline.reason() ?? toEgressError(error, "body");
          deadline.abort(reason);
          controller.error(reason);
        }
      },
      cancel() {
        deadline.abort(new AppError("bad_response", { detail: "body cancelled by its reader" }));
      },
    },
    { highWaterMark: 0 },
  );
}

async function* watchProgress(
  source: Readable,
  limits: EgressLimits,
  deadline: Deadline,
): AsyncGenerator<Uint8Array> {
  const meter = createProgressMeter(limits);
  const everyMs = Math.max(10, Math.min(1000, limits.idleTimeoutMs / 4, limits.progressWindowMs / 4));
  const watch = setInterval(() => {
    if (!meter.isStalled(performance.now())) return;
    deadline.abort(new AppError("timed_out", { detail: "the body makes no progress" }));
  }, everyMs).unref();
  // Whoever aborts may never ask for another chunk, and then the end below is not reached.
  deadline.signal.addEventListener("abort", () => clearInterval(watch), { once: true });
  try {
    meter.waiting(performance.now());
    for await (const chunk of source as AsyncIterable<Buffer>) {
      meter.received(performance.now(), chunk.byteLength);
      yield chunk;
      meter.waiting(performance.now());
    }
  } finally {
    clearInterval(watch);
  }
}
