/**
 * Widths images are made in, in device pixels. A request is rounded up to the
 * next one, which bounds the variants of a picture that anyone can make us render.
 */
export const MEDIA_WIDTHS = [64, 128, 256, 384, 512, 640, 828, 1080, 1280, 1600, 1920, 2560] as const;

export const MEDIA_WIDTH_MAX = 2560;

/** The rung of `MEDIA_WIDTHS` that serves a wanted width; the widest when nothing is wanted or more than that. */
export function pickMediaWidth(wantedPx: number | undefined): number {
  return MEDIA_WIDTHS.find((width) => wantedPx !== undefined && width >= wantedPx) ?? MEDIA_WIDTH_MAX;
}

/** `src` of a `PageMedia`, asking for an image no wider than needed: CSS pixels times the screen's pixel ratio. */
export function withMediaWidth(src: string, wantedPx: number): string {
  return `${src}&w=${pickMediaWidth(wantedPx)}`;
}

/** What is signed for an address. The version changes when the meaning of a signature does. */
export function mediaSigningText(url: string): string {
  return `qui-media:1:${url}`;
}
