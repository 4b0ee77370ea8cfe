import sharp from "sharp";
import type { PixelRect, RawPicture } from "#lib/core/live/changed-tiles.ts";

/** Pixels of a place, three bytes each, rows without padding. */
export interface RawPatch {
  rect: PixelRect;
  data: Uint8Array;
}

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

export function paste({ data, width }: RawPicture, { rect, data: cut }: RawPatch): void {
  for (let row = 0; row < rect.height; row += 1) {
    const from = row * rect.width * 3;
    data.set(cut.subarray(from, from + rect.width * 3), ((rect.y + row) * width + rect.x) * 3);
  }
}
