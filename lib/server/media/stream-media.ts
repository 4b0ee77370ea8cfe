import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import {
  checkContentRange,
  MEDIA_HEADERS,
  mediaCacheControl,
  mediaDisposition,
} from "#lib/core/media/media-headers.ts";
import { declaredStreamMime, sniffMedia } from "#lib/core/media/sniff-media.ts";
import type { MediaServices } from "#lib/server/media/media-services.ts";
import { type OpenedMedia, openMedia } from "#lib/server/media/open-media.ts";

const STREAM_BYTES_MAX = 1024 * 1024 * 1024;
const STREAM_TIMEOUT_MS = 60 * 60 * 1000;
/** A player that reads nothing for so long has been paused: it asks for the rest by a new range. */
const READER_IDLE_MS = 60_000;

/**
 * Passes sound or film on as it comes, whole or the asked-for range. `null`: it is a picture.
 * @throws AppError `unsupported_type` for anything else, and what `openMedia` throws.
 */
export async function streamMedia(
  url: string,
  range: { start: number; header: string } | null,
  services: MediaServices,
  signal: AbortSignal,
): Promise<Response | null> {
  const limits = {
    totalTimeoutMs: STREAM_TIMEOUT_MS,
    bodyBytesMax: STREAM_BYTES_MAX,
    decodedBytesMax: STREAM_BYTES_MAX,
  };
  const opened = await openMedia(url, { range: range?.header, limits, signal }, services);
  const { status, headers } = opened.response;
  const contentRange = checkContentRange(headers["content-range"]);
  if (status === 416) {
    await opened.body.cancel();
    const unsatisfied = contentRange ? { "Content-Range": contentRange } : {};
    return new Response(null, { status: 416, headers: { ...MEDIA_HEADERS, ...unsatisfied } });
  }
  const fromStart = status === 200 || contentRange === null || contentRange.startsWith("bytes 0-");
  const mime = mimeOf(opened, fromStart);
  if (typeof mime !== "string") {
    await opened.body.cancel();
    if (mime === null) return null;
    throw new AppError("unsupported_type", { detail: "neither image, sound nor film by its bytes" });
  }
  if (status === 206 && contentRange === null) {
    await opened.body.cancel();
    throw new AppError("bad_response", { detail: "a part without its place" });
  }
  const length = headers["content-encoding"] === undefined ? headers["content-length"] : undefined;
  return new Response(endWhenUnread(opened.body), {
    status,
    headers: {
      ...MEDIA_HEADERS,
      "Content-Type": mime,
      "Cache-Control": mediaCacheControl(headers["cache-control"]),
      "Content-Disposition": mediaDisposition(url, mime.split("/")[1] ?? "bin"),
      ...(status === 206 || headers["accept-ranges"] === "bytes" ? { "Accept-Ranges": "bytes" } : {}),
      ...(contentRange && status === 206 ? { "Content-Range": contentRange } : {}),
      ...(length !== undefined && /^\d{1,15}$/.test(length) ? { "Content-Length": length } : {}),
    },
  });
}

/** The type to answer with; null for a picture, undefined for anything else. */
function mimeOf({ head, response }: OpenedMedia, fromStart: boolean): string | null | undefined {
  if (!fromStart) return declaredStreamMime(response.headers["content-type"]) ?? undefined;
  const media = sniffMedia(head);
  if (media.kind === "image") return null;
  return media.kind === "unknown" ? undefined : media.mime;
}

/** Gives the connection back when the visitor's side stops reading. */
function endWhenUnread(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        controller.enqueue(value);
        timer = setTimeout(() => {
          reader.cancel().catch(() => {
            // It had failed already, and its reader is gone.
          });
          controller.error(new AppError("timed_out", { detail: "the player stopped reading" }));
        }, READER_IDLE_MS).unref();
      },
      cancel(reason) {
        clearTimeout(timer);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
