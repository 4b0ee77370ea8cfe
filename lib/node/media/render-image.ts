import sharp, { type Sharp, type SharpOptions } from "sharp";
import { decodeIco } from "#lib/core/media/decode-ico.ts";
import { pickOutputType } from "#lib/core/media/image-output.ts";
import type { ImageJob, RenderedImage } from "#lib/node/media/image-job.ts";

/** All frames together; decoded, four bytes each. */
const PIXELS_MAX = 40_000_000;
const FRAMES_MAX = 300;
/** WebP's own bound on a side is 16,383. */
const HEIGHT_MAX = 16_000;
/** Icons and small drawings are kept exact: lossy coding smears their edges to save next to nothing. */
const LOSSLESS_PIXELS_MAX = 96 * 96;
/** A soft bound that frees most slow pictures; the pool's own ends those that do not listen. */
const TIMEOUT_S = 8;

/** The loaders of the formats we take, reading from memory; everything else libvips can open stays shut. */
const LOADERS = ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Svg"].map((name) => `VipsForeignLoad${name}Buffer`);

/** Once a process, before the first picture: one thread a picture, no cache, and only the loaders above. */
export function restrictSharp(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: LOADERS });
}

/**
 * Decodes a picture and writes it anew: turned upright, at most `widthMax` wide,
 * in sRGB, without metadata (EXIF, GPS, XMP, comments, colour profiles). Nothing
 * of the original file survives but its pixels, frames and their timing.
 * @throws Error of sharp when it cannot be decoded within the bounds.
 */
export async function renderImage(job: ImageJob): Promise<RenderedImage> {
  const opened = await open(job);
  const enlarge = job.type === "svg";
  const image = opened.image
    .timeout({ seconds: TIMEOUT_S })
    .resize({ width: opened.width, height: HEIGHT_MAX, fit: "inside", withoutEnlargement: !enlarge });
  const { data, info } = await write(image, job, opened).toBuffer({ resolveWithObject: true });
  const type = info.format === "heif" ? "avif" : (info.format as RenderedImage["type"]);
  return { bytes: data, type, width: info.width, height: info.pageHeight ?? info.height };
}

interface Opened {
  image: Sharp;
  /** At most this wide afterwards. */
  width: number;
  /** Pixels afterwards, as far as known before. */
  pixels: number;
  animated: boolean;
  hasAlpha: boolean;
}

const OPTIONS = { limitInputPixels: PIXELS_MAX, failOn: "none" } as const satisfies SharpOptions;

async function open(job: ImageJob): Promise<Opened> {
  if (job.type === "ico") return openIcon(job);
  const meta = await sharp(job.bytes, OPTIONS).metadata();
  const frameHeight = meta.pageHeight ?? meta.height;
  if (job.type === "svg") return openVector(job, { width: meta.width, height: frameHeight });
  const pages = meta.pages ?? 1;
  const framePixels = meta.width * frameHeight;
  const canAnimate = job.type === "gif" || job.type === "webp";
  const animated = canAnimate && pages > 1 && pages <= FRAMES_MAX && framePixels * pages <= PIXELS_MAX;
  const image = sharp(job.bytes, { ...OPTIONS, animated, autoOrient: !animated });
  const pixels = framePixels * Math.min(1, job.widthMax / meta.width) ** 2;
  return { image, width: job.widthMax, pixels, animated, hasAlpha: meta.hasAlpha ?? true };
}

/** A vector is drawn at the size it is shown in; by itself at twice what it says, for dense screens. */
function openVector(job: ImageJob, intrinsic: { width: number; height: number }): Opened {
  const width = job.explicitWidth ? job.widthMax : Math.min(job.widthMax, intrinsic.width * 2);
  const scale = width / Math.max(1, intrinsic.width);
  const density = Math.min(100_000, Math.max(1, 72 * scale));
  const pixels = intrinsic.width * intrinsic.height * scale ** 2;
  return { image: sharp(job.bytes, { ...OPTIONS, density }), width, pixels, animated: false, hasAlpha: true };
}

function openIcon(job: ImageJob): Opened {
  const icon = decodeIco(job.bytes, job.widthMax);
  if (!icon) throw new Error("not a readable icon");
  const raw = icon.kind === "rgba" && { width: icon.width, height: icon.height, channels: 4 as const };
  const image = icon.kind === "png" ? sharp(icon.bytes, OPTIONS) : sharp(icon.pixels, raw ? { raw } : {});
  return { image, width: job.widthMax, pixels: LOSSLESS_PIXELS_MAX, animated: false, hasAlpha: true };
}

function write(image: Sharp, job: ImageJob, { pixels, animated, hasAlpha }: Opened): Sharp {
  const type = pickOutputType(job.formats, { type: job.type, animated, hasAlpha });
  const drawn = job.type !== "jpeg" && job.type !== "webp" && job.type !== "avif";
  if (type === "webp") {
    const lossless = drawn && !animated && pixels <= LOSSLESS_PIXELS_MAX;
    return image.webp({ quality: drawn ? 88 : 80, alphaQuality: 90, effort: 2, lossless });
  }
  if (type === "avif") return image.avif({ quality: 58, effort: 2 });
  if (type === "png") return image.png({ compressionLevel: 7 });
  if (type === "gif") return image.gif({ effort: 3 });
  return image.flatten({ background: "#ffffff" }).jpeg({ quality: 82 });
}
