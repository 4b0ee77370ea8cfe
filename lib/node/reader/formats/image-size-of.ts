import { imageTypeOf } from "#lib/node/reader/formats/magic-bytes.ts";

export interface ImageSize {
  width: number;
  height: number;
}

/** Sides beyond this are a damaged header. */
const SIDE_MAX = 65_535;

/** Pixels as the file's own header states them; null when it states none. Reads only headers, never pixels. */
export function imageSizeOf(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = readSize(imageTypeOf(bytes), view);
    return size && size.width > 0 && size.height > 0 && size.width <= SIDE_MAX && size.height <= SIDE_MAX
      ? size
      : null;
  } catch {
    return null; // A read past the end: the file is cut off.
  }
}

function readSize(type: string | null, view: DataView): ImageSize | null {
  switch (type) {
    case "image/png":
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case "image/gif":
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case "image/bmp":
      return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
    case "image/jpeg":
      return jpegSize(view);
    case "image/webp":
      return webpSize(view);
    default:
      return null;
  }
}

/** Walks the segments to the frame header (ITU T.81, B.2.2); an EXIF rotation is left to whoever draws it. */
function jpegSize(view: DataView): ImageSize | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Lossy, lossless and extended forms (RFC 9649 §2.5 to §2.7). */
function webpSize(view: DataView): ImageSize | null {
  const form = String.fromCharCode(
    view.getUint8(12),
    view.getUint8(13),
    view.getUint8(14),
    view.getUint8(15),
  );
  if (form === "VP8 ")
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (form !== "VP8X") return null;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}
