import type { PageMedia } from "#lib/protocol/pages.ts";

/** Widths the media route is asked for, in pixels. Few, so that caches hold most of them. */
const WIDTHS = [320, 640, 960, 1280, 1920] as const;
const WIDEST = 1920;

/** The `srcset` of an image, up to its own width. Undefined when one size is all there is. */
export function imageSrcSet(media: PageMedia): string | undefined {
  const narrower = WIDTHS.filter((width) => media.width === null || width < media.width);
  const candidates = narrower.map((width) => `${media.src}&w=${width} ${width}w`);
  if (media.width !== null && media.width <= WIDEST) {
    candidates.push(`${media.src} ${media.width}w`);
  }
  return candidates.length > 1 ? candidates.join(", ") : undefined;
}
