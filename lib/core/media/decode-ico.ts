export type IconImage =
  | { kind: "png"; bytes: Uint8Array }
  /** Top row first, four bytes a pixel: red, green, blue, alpha. */
  | { kind: "rgba"; width: number; height: number; pixels: Uint8Array };

interface Entry {
  width: number;
  bits: number;
  size: number;
  offset: number;
}

const PNG_MAGIC = [0x89, 0x50, 0x4e, 0x47];
const SIDE_MAX = 1024;

/**
 * The best picture inside a Windows icon: the smallest that is wide enough, else
 * the widest; among equals the one with most colours.
 * Format: directory of 16-byte entries, each pointing at a PNG or at a bitmap
 * without file header whose height counts the mask too (Microsoft, "Icons in Win32").
 * @returns null when the file is not a readable icon.
 */
export function decodeIco(bytes: Uint8Array, wantedPx: number): IconImage | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const entry of listEntries(view, wantedPx)) {
      const data = bytes.subarray(entry.offset, entry.offset + entry.size);
      if (PNG_MAGIC.every((byte, index) => data[index] === byte)) return { kind: "png", bytes: data };
      const bitmap = decodeBitmap(data);
      if (bitmap) return bitmap;
    }
  } catch (error) {
    // Reading past the end: the directory or a bitmap lies about its size.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

function listEntries(view: DataView, wantedPx: number): Entry[] {
  const count = Math.min(view.getUint16(4, true), 64);
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const at = 6 + index * 16;
    return {
      width: view.getUint8(at) || 256,
      bits: view.getUint16(at + 6, true),
      size: view.getUint32(at + 8, true),
      offset: view.getUint32(at + 12, true),
    };
  });
  const shortfall = ({ width }: Entry) => (width >= wantedPx ? width - wantedPx : 10_000 - width);
  return entries.sort((a, b) => shortfall(a) - shortfall(b) || b.bits - a.bits);
}

function decodeBitmap(data: Uint8Array): IconImage | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const headerSize = view.getUint32(0, true);
  const width = view.getInt32(4, true);
  const height = Math.abs(view.getInt32(8, true)) / 2;
  const bits = view.getUint16(14, true);
  const compression = view.getUint32(16, true);
  const sane = width > 0 && width <= SIDE_MAX && Number.isInteger(height) && height > 0 && height <= SIDE_MAX;
  if (!sane || headerSize < 40 || compression !== 0 || ![1, 4, 8, 24, 32].includes(bits)) return null;

  const colours = bits <= 8 ? view.getUint32(32, true) || 1 << bits : 0;
  if (colours > 256) return null;
  const palette = headerSize;
  const rows = palette + colours * 4;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const maskRows = rows + stride * height;
  const maskStride = Math.ceil(width / 32) * 4;
  const hasMask = data.byteLength >= maskRows + maskStride * height;

  const pixels = new Uint8Array(width * height * 4);
  let anyAlpha = false;
  for (let y = 0; y < height; y += 1) {
    const row = rows + stride * (height - 1 - y);
    const mask = maskRows + maskStride * (height - 1 - y);
    for (let x = 0; x < width; x += 1) {
      const colour = bits >= 24 ? row + (x * bits) / 8 : palette + 4 * indexAt(view, row, x, bits);
      const alpha = bits === 32 ? view.getUint8(colour + 3) : 255;
      anyAlpha ||= bits === 32 && alpha > 0;
      const masked = hasMask && (view.getUint8(mask + (x >> 3)) & (0x80 >> (x & 7))) !== 0;
      const rgba = [view.getUint8(colour + 2), view.getUint8(colour + 1), view.getUint8(colour)];
      pixels.set([...rgba, bits < 32 && masked ? 0 : alpha], (y * width + x) * 4);
    }
  }
  // Old 32-bit icons leave the alpha channel empty and mean it to be opaque.
  if (bits === 32 && !anyAlpha) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { kind: "rgba", width, height, pixels };
}

/** Pixels of 1, 4 or 8 bits are packed from the high bits down. */
function indexAt(view: DataView, row: number, x: number, bits: number): number {
  const byte = view.getUint8(row + Math.floor((x * bits) / 8));
  return (byte >> (8 - bits - ((x * bits) % 8))) & ((1 << bits) - 1);
}
