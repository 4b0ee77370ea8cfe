import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import { SNIFF_BYTES } from "#lib/core/media/sniff-media.ts";
import { decideOriginStatus } from "#lib/core/pages/decide-origin-status.ts";
import type { EgressLimits, EgressResponse } from "#lib/node/egress/egress.ts";
import type { MediaServices } from "#lib/server/media/media-services.ts";

/** An origin's answer whose first bytes are known and whose body can still be read whole. */
export interface OpenedMedia {
  response: EgressResponse;
  /** At least `SNIFF_BYTES`, unless the file is shorter. */
  head: Uint8Array;
  /** All of the body, the head included. */
  body: ReadableStream<Uint8Array>;
}

const ACCEPT =
  "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml,image/*;q=0.8,video/*;q=0.8,audio/*;q=0.8,*/*;q=0.5";

/**
 * Asks the origin and waits for the first bytes.
 * @throws AppError with a code of the origin's failure; the signal's reason on abort.
 */
export async function openMedia(
  url: string,
  options: { range?: string | undefined; limits: Partial<EgressLimits>; signal: AbortSignal },
  services: Pick<MediaServices, "fetch">,
): Promise<OpenedMedia> {
  const { range, limits, signal } = options;
  const headers = { accept: ACCEPT, ...(range === undefined ? {} : { range }) };
  const response = await services.fetch({ url, headers, limits, signal });
  if (!response.ok) throw new AppError(response.code, { detail: response.detail });
  const rangeRefused = response.status === 416 && range !== undefined;
  const status = decideOriginStatus(response.status);
  if (!status.show && !rangeRefused) {
    await response.body.cancel();
    throw new AppError(status.code, { detail: `the origin answered ${response.status}` });
  }
  return { response, ...(await peek(response.body)) };
}

async function peek(body: ReadableStream<Uint8Array>): Promise<Pick<OpenedMedia, "head" | "body">> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  while (bytes < SNIFF_BYTES && !ended) {
    const { done, value } = await reader.read();
    ended = done;
    if (!value) continue;
    chunks.push(value);
    bytes += value.byteLength;
  }
  const head = new Uint8Array(Buffer.concat(chunks));
  let headSent = head.byteLength === 0;
  const whole = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!headSent) {
          headSent = true;
          controller.enqueue(head);
          return;
        }
        const { done, value } = ended ? { done: true, value: undefined } : await reader.read();
        if (done || !value) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { head, body: whole };
}
