import sharp from "sharp";
import type { PixelRect, RawPicture } from "#lib/core/live/changed-tiles.ts";

export async function decode(image: Buffer): Promise<RawPicture> {
  const { data, info } = await sharp(image, { limitInputPixels: 64_000_000 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The pixels of a place, rows without padding. */
export function crop({ data, width }: RawPicture, rect: PixelRect): Uint8Array {
  const cut = new Uint8Array(rect.width * rect.height * 3);
  for (let row = 0; row < rect.height; row += 1) {
    const from = ((rect.y + row) * width + rect.x) * 3;
    cut.set(data.subarray(from, from + rect.width * 3), row * rect.width * 3);
  }
  return cut;
}
