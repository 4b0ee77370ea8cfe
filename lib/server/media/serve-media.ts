import "server-only";
import { z } from "zod";
import { createSingleFlight } from "#lib/core/async/create-single-flight.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { pickImageFormats } from "#lib/core/media/image-output.ts";
import { pickMediaWidth } from "#lib/core/media/media-address.ts";
import { MEDIA_HEADERS, mediaDisposition, parseRange } from "#lib/core/media/media-headers.ts";
import { verifyMediaUrl } from "#lib/node/media/sign-media-url.ts";
import { matchesEtag } from "#lib/server/http/steps/cache.ts";
import { type ImageVariant, type LoadedImage, loadImage } from "#lib/server/media/load-image.ts";
import { getMediaServices, type MediaServices } from "#lib/server/media/media-services.ts";
import { streamMedia } from "#lib/server/media/stream-media.ts";

/** The query of `GET /api/media`, as `signMediaUrl` writes it; `w` is the wanted width in device pixels. */
export const mediaQuerySchema = z.object({
  u: z
    .string()
    .regex(/^[\w-]+$/)
    .max(12_000),
  s: z
    .string()
    .regex(/^[\w-]+$/)
    .max(64),
  w: z.coerce.number().int().min(1).max(16_384).optional(),
});
export type MediaQuery = z.infer<typeof mediaQuerySchema>;

const flights = createSingleFlight<LoadedImage | null>();

/**
 * Answers a page's image, sound or film from our own origin, so that the site
 * never sees the visitor. Pictures are rendered anew; sound and film are passed
 * on, ranges included.
 * @throws AppError `forbidden` for a signature that is not ours, otherwise the code of what failed.
 */
export async function serveMedia(
  query: MediaQuery,
  request: { headers: Headers; signal: AbortSignal; clientKey: string },
  services: MediaServices = getMediaServices(),
): Promise<Response> {
  const url = verifyMediaUrl(query.u, query.s);
  if (url === null) {
    throw new AppError("forbidden", { userMessage: "This media address was not made by this server." });
  }
  const range = parseRange(request.headers.get("range"));
  const streamed = range && (await streamMedia(url, range, services, request.signal));
  if (streamed) return streamed;

  const variant: ImageVariant = {
    url,
    widthMax: pickMediaWidth(query.w),
    explicitWidth: query.w !== undefined,
    formats: pickImageFormats(request.headers.get("accept")),
  };
  const key = JSON.stringify(Object.values(variant));
  const loaded = await flights.run(key, request.signal, (signal) =>
    loadImage(variant, services, { group: request.clientKey, signal }),
  );
  if (loaded) return imageResponse(url, loaded, request.headers.get("if-none-match"));

  const film = await streamMedia(url, null, services, request.signal);
  if (!film) throw new AppError("bad_response", { detail: "the origin changes between image and film" });
  return film;
}

function imageResponse(
  url: string,
  { image, etag, cacheControl }: LoadedImage,
  ifNoneMatch: string | null,
): Response {
  const headers = { ...MEDIA_HEADERS, ETag: etag, "Cache-Control": cacheControl, Vary: "Accept" };
  if (matchesEtag(ifNoneMatch, etag)) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(image.bytes), {
    headers: {
      ...headers,
      "Content-Type": `image/${image.type}`,
      "Content-Length": String(image.bytes.byteLength),
      "Content-Disposition": mediaDisposition(url, image.type),
    },
  });
}
