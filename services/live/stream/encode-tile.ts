import sharp, { type Sharp } from "sharp";
import type { PixelRect, RawPicture } from "#lib/core/live/changed-tiles.ts";
import { crop } from "#services/live/stream/raw-picture.ts";

/** Bytes a pixel from which a picture is a photograph, where losslessness costs much and shows nothing. */
const LOSSLESS_BYTES_PER_PIXEL_MAX = 0.75;

export type TileCodecs = ReadonlySet<string>;

interface EncodedTile {
  codec: "webp" | "png" | "jpeg";
  payload: Uint8Array;
}

/** One place of a picture that stands still: lossless, unless it is a photograph or the line is narrow. */
export async function encodeSharpTile(
  picture: RawPicture,
  rect: PixelRect,
  { codecs, narrow }: { codecs: TileCodecs; narrow: boolean },
): Promise<EncodedTile> {
  const image = fromRaw(picture, rect);
  if (codecs.has("webp")) {
    if (!narrow) {
      const payload = await image.clone().webp({ lossless: true, effort: 0 }).toBuffer();
      if (payload.byteLength <= rect.width * rect.height * LOSSLESS_BYTES_PER_PIXEL_MAX)
        return { codec: "webp", payload };
    }
    return { codec: "webp", payload: await image.webp({ quality: 92, effort: 0 }).toBuffer() };
  }
  if (codecs.has("png") && !narrow)
    return { codec: "png", payload: await image.png({ compressionLevel: 4 }).toBuffer() };
  return { codec: "jpeg", payload: await image.jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer() };
}

function fromRaw(picture: RawPicture, rect: PixelRect): Sharp {
  return sharp(crop(picture, rect), {
    raw: { width: rect.width, height: rect.height, channels: 3 },
  });
}
