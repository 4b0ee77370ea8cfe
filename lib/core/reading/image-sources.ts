import { withMediaWidth } from "#lib/core/media/media-address.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

/** Widths a picture is offered in, in device pixels; few of those that are made, so that caches hold most of them. */
const WIDTHS = [128, 384, 640, 1080, 1600, 2560] as const;
/** Asked for when nobody said how wide the picture is: sharp in a column, never a whole camera's worth. */
const UNKNOWN_WIDTH = 1600;
/** A width in HTML is often that of the box, which a file may fill twice over for fine screens. */
const DENSITY_MAX = 2;

export interface ImageSources {
  src: string;
  /** Absent when one size is all that makes sense. */
  srcSet: string | undefined;
}

/**
 * What an `img` loads. Only a picture of known size has a choice: a browser
 * takes the widths in `srcset` at their word and would draw the others too large
 * or too small.
 */
export function imageSources({ src, width }: PageMedia): ImageSources {
  if (width === null) return { src: withMediaWidth(src, UNKNOWN_WIDTH), srcSet: undefined };
  const enough = WIDTHS.find((rung) => rung >= width * DENSITY_MAX) ?? WIDTHS[WIDTHS.length - 1] ?? width;
  const rungs = WIDTHS.filter((rung) => rung <= enough && (rung >= 384 || rung === enough));
  const candidates = rungs.map((rung) => `${withMediaWidth(src, rung)} ${rung}w`);
  return {
    src: withMediaWidth(src, Math.min(enough, width)),
    srcSet: candidates.length > 1 ? candidates.join(", ") : undefined,
  };
}
