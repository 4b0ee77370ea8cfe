import { describe, expect, test } from "vitest";
import { decodeIco } from "#lib/core/media/decode-ico.ts";

interface Picture {
  width: number;
  bits: number;
  data: Buffer;
}

function icon(...pictures: Picture[]): Buffer {
  const head = Buffer.from([0, 0, 1, 0, pictures.length, 0]);
  let offset = 6 + pictures.length * 16;
  const entries = pictures.map(({ width, bits, data }) => {
    const entry = Buffer.alloc(16);
    entry[0] = width % 256;
    entry[1] = width % 256;
    entry.writeUInt16LE(bits, 6);
    entry.writeUInt32LE(data.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += data.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures.map(({ data }) => data)]);
}

/** A 2 × 2 bitmap; `rows` are given bottom row first, as the format has them. */
function bitmap(
  bits: number,
  { palette = [], rows, mask }: { palette?: number[]; rows: number[]; mask: number[] },
): Picture {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(2, 4);
  header.writeInt32LE(4, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  header.writeUInt32LE(palette.length / 4, 32);
  return { width: 2, bits, data: Buffer.concat([header, Buffer.from([...palette, ...rows, ...mask])]) };
}

const NO_MASK = [0, 0, 0, 0, 0, 0, 0, 0];
const png = (width: number): Picture => ({ width, bits: 32, data: Buffer.from(`\x89PNG${width}`, "latin1") });
const pixelsOf = (bytes: Buffer) => {
  const image = decodeIco(bytes, 16);
  return image?.kind === "rgba" ? [...image.pixels] : image;
};

describe("bitmaps", () => {
  test("32 bits: blue, green, red, alpha from the bottom row up", () => {
    const rows = [1, 2, 3, 255, 4, 5, 6, 128, 7, 8, 9, 0, 10, 11, 12, 255];
    expect(pixelsOf(icon(bitmap(32, { rows, mask: NO_MASK })))).toEqual([
      9, 8, 7, 0, 12, 11, 10, 255, 3, 2, 1, 255, 6, 5, 4, 128,
    ]);
  });

  test("32 bits with an empty alpha channel are opaque", () => {
    const rows = [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 10, 11, 12, 0];
    const pixels = pixelsOf(icon(bitmap(32, { rows, mask: NO_MASK }))) as number[];
    expect([3, 7, 11, 15].map((at) => pixels[at])).toEqual([255, 255, 255, 255]);
  });

  test("24 bits: rows are padded to four bytes and the mask makes pixels transparent", () => {
    const rows = [1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0];
    const mask = [0b1000_0000, 0, 0, 0, 0b0100_0000, 0, 0, 0];
    expect(pixelsOf(icon(bitmap(24, { rows, mask })))).toEqual([
      9, 8, 7, 255, 12, 11, 10, 0, 3, 2, 1, 0, 6, 5, 4, 255,
    ]);
  });

  test.each([
    [8, [0, 1, 0, 0, 1, 0, 0, 0]],
    [4, [0x01, 0, 0, 0, 0x10, 0, 0, 0]],
    [1, [0b0100_0000, 0, 0, 0, 0b1000_0000, 0, 0, 0]],
  ])("%i bits look colours up in the palette", (bits, rows) => {
    const palette = [1, 2, 3, 0, 4, 5, 6, 0];
    expect(pixelsOf(icon(bitmap(bits, { palette, rows, mask: NO_MASK })))).toEqual([
      6, 5, 4, 255, 3, 2, 1, 255, 3, 2, 1, 255, 6, 5, 4, 255,
    ]);
  });
});

describe("choice", () => {
  const chosen = (wanted: number, ...pictures: Picture[]) => {
    const image = decodeIco(icon(...pictures), wanted);
    return image?.kind === "png" ? Buffer.from(image.bytes).toString("latin1").slice(4) : image;
  };

  test("the smallest picture that is wide enough, else the widest", () => {
    expect(chosen(32, png(16), png(48), png(256))).toBe("48");
    expect(chosen(16, png(16), png(48))).toBe("16");
    expect(chosen(1000, png(16), png(256), png(48))).toBe("256");
  });

  test("a broken picture gives way to the next best", () => {
    expect(chosen(16, { width: 16, bits: 32, data: Buffer.alloc(40) }, png(48))).toBe("48");
  });
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["a directory cut short", Buffer.from([0, 0, 1, 0, 5, 0, 16])],
  ["no entry", Buffer.from([0, 0, 1, 0, 0, 0])],
  ["an entry that points past the end", icon({ width: 16, bits: 32, data: Buffer.alloc(0) })],
  ["a bitmap cut short", icon({ ...bitmap(32, { rows: [1, 2], mask: [] }) })],
  ["a bitmap that says it is huge", icon(huge())],
])("%s is no icon", (_what, bytes) => {
  expect(decodeIco(bytes, 16)).toBeNull();
});

function huge(): Picture {
  const picture = bitmap(32, { rows: [], mask: [] });
  picture.data.writeInt32LE(0x7fff_ffff, 4);
  picture.data.writeInt32LE(0x7fff_fffe, 8);
  return picture;
}
