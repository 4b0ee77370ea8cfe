/** A person's own picture of a whole surrounding, equirectangular: 360° by 180°. */
export type PhotoLayout = "mono" | "top-bottom";

/** What may be read into memory at all, in bytes. */
export const PHOTO_BYTES_MAX = 60 * 1024 * 1024;
/** A picture this wide has 11 pixels a degree, and takes 32 MB as a texture. */
const PHOTO_WIDTH_MAX = 4096;

/** Twice as wide as high is one picture; as high as wide is one for each eye, the left above. Others are none: null. */
export function photoLayout(width: number, height: number): PhotoLayout | null {
  const ratio = width / height;
  if (ratio > 1.8 && ratio < 2.2) return "mono";
  return ratio > 0.9 && ratio < 1.1 ? "top-bottom" : null;
}

/** The size to keep: as large as it is, at most 4096 px wide; one for each eye is kept narrower, so that it takes no more. */
export function photoSize(
  width: number,
  height: number,
  layout: PhotoLayout,
): { width: number; height: number } {
  const widthMax = layout === "mono" ? PHOTO_WIDTH_MAX : Math.round(PHOTO_WIDTH_MAX / Math.SQRT2);
  const scale = Math.min(1, widthMax / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
