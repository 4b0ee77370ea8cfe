import { describe, expect, it } from "vitest";
import {
  carryMark,
  coverTiles,
  findChangedTiles,
  layPlanes,
  type RawPicture,
} from "#lib/core/live/changed-tiles.ts";
import { readH264Codec } from "#lib/core/live/h264-codec.ts";
import { markTiles } from "#lib/core/live/mark-tiles.ts";

const TILE = 16;

/** A captured picture of one shade, and the same with some points of it changed. */
function capture(format: "I420" | "NV12", size: { width: number; height: number }) {
  const paddedHeight = size.height + (size.height % 2) + 16;
  const layout = layPlanes(format, { ...size, paddedHeight });
  const before = new Uint8Array(layout.byteLength).fill(128);
  const touch = (plane: number, points: readonly [number, number][]) => {
    const after = before.slice();
    const { offset, stride } = layout.planes[plane] ?? { offset: 0, stride: 0 };
    for (const [x, y] of points) after[offset + y * stride + x] = 9;
    return findChangedTiles(before, after, layout);
  };
  return { layout, touch };
}

describe.each(["I420", "NV12"] as const)("in a picture captured as %s", (format) => {
  const size = { width: 130, height: 62 };
  const { layout, touch } = capture(format, size);

  it("nothing differs from itself", () => {
    expect(touch(0, [])).toMatchObject({ columns: 9, rows: 4, count: 0 });
  });

  it.each([
    [0, 0],
    [15, 15],
    [16, 15],
    [129, 0],
    [0, 61],
    [129, 61],
  ])("a change of light at %i, %i is found in its own tile", (x, y) => {
    const grid = touch(0, [[x, y]]);
    expect(grid.count).toBe(1);
    const column = Math.floor(x / TILE) * TILE;
    const row = Math.floor(y / TILE) * TILE;
    expect(coverTiles(grid, { tile: TILE, ...size })).toEqual([
      {
        x: column,
        y: row,
        width: Math.min(TILE, size.width - column),
        height: Math.min(TILE, size.height - row),
      },
    ]);
  });

  it("a change of colour alone is found in every plane that has some", () => {
    for (let plane = 1; plane < layout.planes.length; plane += 1) {
      // The colour of pixel 40, 40.
      const grid = touch(plane, [[format === "NV12" ? 41 : 20, 20]]);
      expect([...grid.changed].indexOf(1)).toBe(2 * grid.columns + 2);
      expect(grid.count).toBe(1);
    }
  });

  it("its planes lie behind each other and end with it", () => {
    const ends = layout.planes.map(({ offset, stride, rows }) => offset + stride * rows);
    for (const [index, { offset }] of layout.planes.entries())
      expect(offset).toBeGreaterThanOrEqual(ends[index - 1] ?? 0);
    expect(ends.at(-1)).toBeLessThanOrEqual(layout.byteLength);
  });
});

it("a picture that comes back has its mark again, and no other has", () => {
  const layout = layPlanes("I420", { width: 64, height: 64, paddedHeight: 80 });
  const pictures = Array.from({ length: 40 }, (_, index) => {
    const bytes = new Uint8Array(layout.byteLength).fill(128);
    for (let at = 0; at < index; at += 1) bytes[at * 97] = 7 * at;
    return bytes;
  });
  const step = (mark: number, before = new Uint8Array(), after = new Uint8Array()) =>
    carryMark(mark, { before, after, grid: findChangedTiles(before, after, layout), layout });
  const marks = [5];
  for (let index = 1; index < pictures.length; index += 1)
    marks.push(step(marks[index - 1] ?? 0, pictures[index - 1], pictures[index]));
  expect(new Set(marks).size).toBeGreaterThan(35);
  expect(step(marks[39] ?? 0, pictures[39], pictures[12])).toBe(marks[12]);
  expect(step(marks[12] ?? 0, pictures[12], pictures[0])).toBe(5);
});

it("a picture captured in another way is refused by name", () => {
  expect(() => layPlanes("RGBA", { width: 2, height: 2, paddedHeight: 2 })).toThrow(/RGBA/);
});

// Both ways of reading: by four bytes where rows allow, else by one.
describe.each([
  [128, 64],
  [131, 61],
])("in a picture of %i × %i", (width, height) => {
  it("a tile's mark changes with its pixels and with nothing else", () => {
    const before: RawPicture = { width, height, data: new Uint8Array(width * height * 3) };
    const touched = { ...before, data: before.data.slice() };
    touched.data[(20 * width + 20) * 3 + 2] = 9;
    const marks = markTiles(before, TILE);
    const after = markTiles(touched, TILE);
    const differing = [...marks].flatMap((mark, tile) => (mark === after[tile] ? [] : [tile]));
    expect(differing).toEqual([Math.ceil(width / TILE) + 1]);
    expect(marks.includes(0)).toBe(false);
  });
});

describe("rectangles", () => {
  const size = { tile: TILE, width: 1280, height: 720 };
  const { touch } = capture("I420", size);
  const cover = (points: [number, number][]) => coverTiles(touch(0, points), size);

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
