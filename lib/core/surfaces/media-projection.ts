/** What a picture covers: a rectangle, or half or all of what is around one. */
export type MediaShape = "flat" | "half" | "full";
/** How the two eyes' pictures share the frame. */
export type MediaStereo = "mono" | "side-by-side" | "top-bottom";

export interface MediaProjection {
  shape: MediaShape;
  stereo: MediaStereo;
}

export const FLAT_MONO: MediaProjection = { shape: "flat", stereo: "mono" };

/** In the order the media bar offers them. */
export const PROJECTIONS: readonly { projection: MediaProjection; title: string }[] = [
  { projection: FLAT_MONO, title: "2D" },
  { projection: { shape: "flat", stereo: "side-by-side" }, title: "3D side by side" },
  { projection: { shape: "flat", stereo: "top-bottom" }, title: "3D top and bottom" },
  { projection: { shape: "half", stereo: "mono" }, title: "180°" },
  { projection: { shape: "half", stereo: "side-by-side" }, title: "180° 3D side by side" },
  { projection: { shape: "half", stereo: "top-bottom" }, title: "180° 3D top and bottom" },
  { projection: { shape: "full", stereo: "mono" }, title: "360°" },
  { projection: { shape: "full", stereo: "top-bottom" }, title: "360° 3D top and bottom" },
  { projection: { shape: "full", stereo: "side-by-side" }, title: "360° 3D side by side" },
];

/** Each eye's picture may be squeezed to half its width or height to fit an ordinary frame. */
const SIDE_BY_SIDE = /(?:^|[^a-z0-9])(?:h?-?sbs|side[ _-]?by[ _-]?side|lr|3dh|half[ _-]?sbs)(?=$|[^a-z0-9])/i;
const TOP_BOTTOM =
  /(?:^|[^a-z0-9])(?:h?-?tab|h?-?ou|over[ _-]?under|top[ _-]?(?:and[ _-]?)?bottom|tb|3dv)(?=$|[^a-z0-9])/i;
const HALF = /(?:^|[^a-z0-9])(?:vr)?180(?:x180|vr)?(?:°|(?=$|[^a-z0-9p]))/i;
const FULL = /(?:^|[^a-z0-9])(?:vr)?360(?:x180|vr)?(?:°|(?=$|[^a-z0-9p]))/i;
const SPHERE_WORDS = /equirect|photosphere|panoram(?:a|ic)[ _-]?(?:360|vr)/i;

/**
 * A guess by what files are called (the names the common players go by) and by the
 * frame's proportions; a person chooses otherwise with one press. Nothing in the name:
 * a flat, single picture, because most are.
 */
export function guessProjection({
  name,
  width,
  height,
}: {
  name: string;
  width: number | null;
  height: number | null;
}): MediaProjection {
  const shape = SPHERE_WORDS.test(name) || FULL.test(name) ? "full" : HALF.test(name) ? "half" : "flat";
  const stereo = SIDE_BY_SIDE.test(name) ? "side-by-side" : TOP_BOTTOM.test(name) ? "top-bottom" : "mono";
  if (stereo !== "mono" || shape === "flat" || !width || !height) return { shape, stereo };
  return { shape, stereo: stereoByFrame(shape, width / height) };
}

/** A whole sphere is twice as wide as high, half of one square: another ratio holds two of them. */
function stereoByFrame(shape: "half" | "full", ratio: number): MediaStereo {
  const single = shape === "full" ? 2 : 1;
  if (Math.abs(ratio / single - 2) < 0.1) return "side-by-side";
  if (Math.abs(ratio / single - 0.5) < 0.05) return "top-bottom";
  return "mono";
}

/** The part of the frame an eye sees, as offset and size in texture coordinates (v upwards). Mono: all, for both. */
export function eyeWindow(
  stereo: MediaStereo,
  eye: "left" | "right",
): { u: number; v: number; width: number; height: number } {
  if (stereo === "side-by-side") return { u: eye === "left" ? 0 : 0.5, v: 0, width: 0.5, height: 1 };
  // The left eye's picture is above, as every player has it.
  if (stereo === "top-bottom") return { u: 0, v: eye === "left" ? 0.5 : 0, width: 1, height: 0.5 };
  return { u: 0, v: 0, width: 1, height: 1 };
}

/** Width to height of what is seen; frames that hold two squeezed pictures are stretched back. */
export function flatAspect({ stereo }: MediaProjection, width: number, height: number): number {
  const ratio = width / height;
  if (stereo === "side-by-side") return ratio > 2.4 ? ratio / 2 : ratio;
  if (stereo === "top-bottom") return ratio < 1.2 ? ratio * 2 : ratio;
  return ratio;
}
