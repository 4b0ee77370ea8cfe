import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { ByteBudget } from "#lib/core/media/byte-budget.ts";
import type { ImageFormats } from "#lib/core/media/image-output.ts";
import { mediaCacheControl } from "#lib/core/media/media-headers.ts";
import { sniffMedia } from "#lib/core/media/sniff-media.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import type { RenderedImage } from "#lib/node/media/image-job.ts";
import { imageRenderDuration } from "#lib/node/metrics/egress-metrics.ts";
import type { MediaServices } from "#lib/server/media/media-services.ts";
import { openMedia } from "#lib/server/media/open-media.ts";

export interface ImageVariant {
  url: string;
  widthMax: number;
  explicitWidth: boolean;
  formats: ImageFormats;
}

export interface LoadedImage {
  image: RenderedImage;
  /** Of the rendered bytes: the same for everyone, so that it marks nobody (an origin's own tag could). */
  etag: string;
  cacheControl: string;
}

const IMAGE_BYTES_MAX = 16 * 1024 * 1024;
const IMAGE_TIMEOUT_MS = 20_000;

/**
 * Fetches a picture and renders it. `null`: the file is sound or film, to be
 * streamed instead.
 * @param group Who asks first, for a fair share of the rendering.
 * @throws AppError `unsupported_type` for anything that is no media, `unavailable` when
 * too much is under way, and what `openMedia` and the image pool throw.
 */
export async function loadImage(
  variant: ImageVariant,
  services: MediaServices,
  { group, signal }: { group: string; signal: AbortSignal },
): Promise<LoadedImage | null> {
  const { url, ...job } = variant;
  const limits = {
    totalTimeoutMs: IMAGE_TIMEOUT_MS,
    bodyBytesMax: IMAGE_BYTES_MAX,
    decodedBytesMax: IMAGE_BYTES_MAX,
  };
  const { response, head, body } = await openMedia(url, { limits, signal }, services);
  const media = sniffMedia(head);
  if (media.kind !== "image") {
    await body.cancel();
    if (media.kind === "unknown")
      throw new AppError("unsupported_type", { detail: "not an image by its bytes" });
    return null;
  }
  const held = { bytes: 0 };
  try {
    const bytes = await readBody(
      { body: body.pipeThrough(charge(services.budget, held)) },
      { bytesMax: IMAGE_BYTES_MAX },
    );
    const image = await timed(services.images.render({ ...job, bytes, type: media.type }, group, signal));
    const digest = createHash("sha256").update(image.bytes).digest("base64url").slice(0, 22);
    return { image, etag: `"${digest}"`, cacheControl: mediaCacheControl(response.headers["cache-control"]) };
  } finally {
    services.budget.give(held.bytes);
  }
}

/** Takes each chunk's bytes out of the budget as it arrives, so that a slow picture holds only what it has brought. */
function charge(budget: ByteBudget, held: { bytes: number }): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      if (!budget.take(chunk.byteLength)) {
        throw new AppError("unavailable", { detail: "too many bytes of pictures under way" });
      }
      held.bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
}

async function timed(work: Promise<RenderedImage>): Promise<RenderedImage> {
  const stop = imageRenderDuration.startTimer();
  try {
    const image = await work;
    stop({ outcome: "ok" });
    return image;
  } catch (error) {
    stop({ outcome: error instanceof AppError ? error.code : "aborted" });
    throw error;
  }
}
