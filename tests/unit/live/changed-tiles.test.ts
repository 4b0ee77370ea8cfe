import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { coverTiles, findChangedTiles, type RawPicture } from "#lib/core/live/changed-tiles.ts";
import { readH264Codec } from "#lib/core/live/h264-codec.ts";
import { readJpegSize } from "#lib/core/live/jpeg-size.ts";
import { markTiles } from "#lib/core/live/mark-tiles.ts";

const TILE = 16;

function picture(width: number, height: number): RawPicture {
  return { width, height, data: new Uint8Array(width * height * 3) };
}

function touch(of: RawPicture, points: [number, number][]): RawPicture {
  const copy = { ...of, data: of.data.slice() };
  for (const [x, y] of points) copy.data[(y * of.width + x) * 3 + 2] = 9;
  return copy;
}

// Both ways of reading: by four bytes where rows allow, else by one.
describe.each([
  [128, 64],
  [131, 61],
])("in a picture of %i × %i", (width, height) => {
  const before = picture(width, height);

  it("nothing differs from itself", () => {
    expect(findChangedTiles(before, touch(before, []), TILE).count).toBe(0);
  });

  it("each pixel's change is found in its own tile, at the edges too", () => {
    for (const [x, y] of [
      [0, 0],
      [15, 15],
      [16, 15],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ] as [number, number][]) {
      const grid = findChangedTiles(before, touch(before, [[x, y]]), TILE);
      expect(grid.count).toBe(1);
      const [rect, ...rest] = coverTiles(grid, { tile: TILE, width, height });
      expect(rest).toEqual([]);
      expect(rect).toEqual({
        x: Math.floor(x / TILE) * TILE,
        y: Math.floor(y / TILE) * TILE,
        width: Math.min(TILE, width - Math.floor(x / TILE) * TILE),
        height: Math.min(TILE, height - Math.floor(y / TILE) * TILE),
      });
    }
  });

  it("a tile's mark changes with its pixels and with nothing else", () => {
    const marks = markTiles(before, TILE);
    const after = markTiles(touch(before, [[20, 20]]), TILE);
    const columns = Math.ceil(width / TILE);
    const differing = [...marks].flatMap((mark, tile) => (mark === after[tile] ? [] : [tile]));
    expect(differing).toEqual([columns + 1]);
    expect(marks.includes(0)).toBe(false);
  });
});

describe("rectangles", () => {
  const size = { tile: TILE, width: 1280, height: 720 };
  const cover = (points: [number, number][]) => {
    const before = picture(size.width, size.height);
    return coverTiles(findChangedTiles(before, touch(before, points), TILE), size);
  };

  it("of neighbours are one, of far places are two", () => {
    expect(
      cover([
        [0, 0],
        [20, 0],
        [20, 20],
        [0, 20],
      ]),
    ).toEqual([{ x: 0, y: 0, width: 32, height: 32 }]);
    expect(
      cover([
        [0, 0],
        [1200, 700],
      ]),
    ).toHaveLength(2);
  });

  it("cover every changed tile, however many there are, and are few", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (const count of [3, 30, 300, 3000]) {
      const points = Array.from({ length: count }, (): [number, number] => [random(1280), random(720)]);
      const rects = cover(points);
      expect(rects.length).toBeLessThanOrEqual(24);
      for (const [x, y] of points)
        expect(
          rects.some(
            (rect) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height,
          ),
        ).toBe(true);
      for (const rect of rects) {
        expect(rect.x + rect.width).toBeLessThanOrEqual(size.width);
        expect(rect.y + rect.height).toBeLessThanOrEqual(size.height);
      }
    }
  });

  it("refuse pictures of two sizes", () => {
    expect(() => findChangedTiles(picture(10, 10), picture(10, 11), TILE)).toThrow(RangeError);
  });
});

describe("a JPEG's size", () => {
  it.each([false, true])("is read without decoding it (progressive: %s)", async (progressive) => {
    const jpeg = await sharp({ create: { width: 321, height: 123, channels: 3, background: "red" } })
      .jpeg({ progressive })
      .withExif({ IFD0: { Copyright: "nobody" } })
      .toBuffer();
    expect(readJpegSize(jpeg)).toEqual({ width: 321, height: 123 });
    expect(readJpegSize(jpeg.subarray(0, 12))).toBeNull();
  });

  it("is none of what is no JPEG", () => {
    expect(readJpegSize(new Uint8Array())).toBeNull();
    expect(readJpegSize(Buffer.from("\u0089PNG and so on, long enough"))).toBeNull();
  });
});

describe("an H.264 stream's codec", () => {
  it("is read from its parameter set, wherever that stands", () => {
    const sps = [0, 0, 0, 1, 0x67, 0x42, 0xe0, 0x1f, 0x8c];
    expect(readH264Codec(Uint8Array.from(sps))).toBe("avc1.42E01F");
    expect(readH264Codec(Uint8Array.from([0, 0, 1, 9, 16, ...sps]))).toBe("avc1.42E01F");
  });

  it("is unknown between key frames", () => {
    expect(readH264Codec(Uint8Array.from([0, 0, 0, 1, 0x41, 0x9a, 0, 1, 2, 3, 4]))).toBeNull();
    expect(readH264Codec(new Uint8Array(3))).toBeNull();
  });
});
