import sharp from "sharp";

/** Pictures made on the spot, so that tests say what is in them. */
export const photo = (width = 800, height = 600) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#3366cc",
      noise: { type: "gaussian", mean: 128, sigma: 20 },
    },
  });

export function svg(content: string, attributes = 'width="100" height="50"'): Buffer {
  const namespaces =
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude"';
  return Buffer.from(`<svg ${namespaces} ${attributes}>${content}</svg>`);
}

/** Frames of plain colours, 40 × 30, each shown for `delayMs`. */
export async function film(format: "gif" | "webp", colours: string[], delayMs = 120): Promise<Buffer> {
  const frames = await Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(frames, { join: { animated: true } });
  const delay = colours.map(() => delayMs);
  return format === "gif"
    ? joined.gif({ delay, loop: 0 }).toBuffer()
    : joined.webp({ delay, loop: 0 }).toBuffer();
}

/** The colour at a point, as `[red, green, blue, alpha]`. */
export async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * 4;
  return [...data.subarray(at, at + 4)];
}
