import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { imageSizeOf } from "#lib/node/reader/formats/image-size-of.ts";
import { readImage } from "#lib/node/reader/formats/read-image.ts";
import { readingInput } from "./reading-input.ts";

const picture = () => sharp({ create: { width: 321, height: 123, channels: 4, background: "#c40" } });

describe("readImage", () => {
  test("is one image block with the size from the file", async () => {
    const reading = readImage(
      readingInput(await picture().png().toBuffer(), { url: "https://example.com/a/my%20cat.png?x=1" }),
    );
    expect(reading.document).toMatchObject({ kind: "image", title: "my cat.png", excerpt: "321 × 123" });
    expect(reading.media).toMatchObject([
      { kind: "image", url: "https://example.com/a/my%20cat.png?x=1", width: 321, height: 123 },
    ]);
    expect(reading.document.blocks).toMatchObject([{ type: "image", media: reading.media[0]?.id }]);
  });

  test("a drawing without a size of its own is shown all the same", () => {
    const reading = readImage(readingInput("<svg></svg>", { url: "https://example.com/a.svg" }));
    expect(reading.media[0]).toMatchObject({ width: null, height: null });
  });
});

describe("imageSizeOf", () => {
  test.each(["png", "jpeg", "gif", "webp"] as const)("reads the size of %s", async (format) => {
    expect(imageSizeOf(await picture().toFormat(format).toBuffer())).toEqual({ width: 321, height: 123 });
  });

  test("reads lossless WebP", async () => {
    expect(imageSizeOf(await picture().webp({ lossless: true }).toBuffer())).toEqual({
      width: 321,
      height: 123,
    });
  });

  test("a file cut off anywhere has a size or none, never a fault", async () => {
    for (const format of ["png", "jpeg", "gif", "webp"] as const) {
      const bytes = await picture().toFormat(format).toBuffer();
      for (let end = 0; end < Math.min(bytes.length, 700); end++) {
        expect([null, 321]).toContain(imageSizeOf(bytes.subarray(0, end))?.width ?? null);
      }
    }
  });
});
