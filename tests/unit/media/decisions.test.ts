import { describe, expect, test } from "vitest";
import { pickImageFormats, pickOutputType } from "#lib/core/media/image-output.ts";
import { MEDIA_WIDTHS, pickMediaWidth, withMediaWidth } from "#lib/core/media/media-address.ts";
import {
  checkContentRange,
  mediaCacheControl,
  mediaDisposition,
  parseRange,
} from "#lib/core/media/media-headers.ts";

describe("widths", () => {
  test("a wanted width is rounded up to the ladder and never past its top", () => {
    expect([1, 64, 65, 400, 2560, 9000].map((wanted) => pickMediaWidth(wanted))).toEqual([
      64, 64, 128, 512, 2560, 2560,
    ]);
    expect(pickMediaWidth(undefined)).toBe(2560);
    expect([...MEDIA_WIDTHS]).toEqual([...MEDIA_WIDTHS].sort((a, b) => a - b));
  });

  test("a width is appended to a signed address", () => {
    expect(withMediaWidth("/api/media?u=a&s=b", 300)).toBe("/api/media?u=a&s=b&w=384");
  });
});

describe("output", () => {
  test("WebP wherever it is accepted, AVIF only where WebP is not, the formats of old otherwise", () => {
    expect(pickImageFormats("image/avif,image/webp,image/apng,*/*;q=0.8")).toBe("webp");
    expect(pickImageFormats("image/avif,image/*")).toBe("avif");
    expect(pickImageFormats("image/png,*/*")).toBe("classic");
    expect(pickImageFormats(null)).toBe("webp");
  });

  test("each picture gets a format that keeps its transparency and motion", () => {
    const still = { animated: false, hasAlpha: false };
    expect(pickOutputType("webp", { type: "gif", animated: true, hasAlpha: true })).toBe("webp");
    expect(pickOutputType("avif", { type: "gif", animated: true, hasAlpha: true })).toBe("gif");
    expect(pickOutputType("avif", { type: "jpeg", ...still })).toBe("avif");
    expect(pickOutputType("classic", { type: "jpeg", ...still })).toBe("jpeg");
    expect(pickOutputType("classic", { type: "webp", ...still })).toBe("jpeg");
    expect(pickOutputType("classic", { type: "webp", animated: false, hasAlpha: true })).toBe("png");
    expect(pickOutputType("classic", { type: "png", ...still })).toBe("png");
  });
});

test.each([
  [undefined, "public, max-age=86400, stale-while-revalidate=86400"],
  ["max-age=60", "public, max-age=60, stale-while-revalidate=86400"],
  ["public, max-age=31536000, immutable", "public, max-age=2592000, stale-while-revalidate=86400"],
  ["max-age=60, s-maxage=600", "public, max-age=600, stale-while-revalidate=86400"],
  ["Private, Max-Age=300", "private, max-age=300, stale-while-revalidate=86400"],
  ["no-cache", "public, no-cache"],
  ["max-age=0, must-revalidate", "public, no-cache"],
  ["private, no-cache", "private, no-cache"],
  ["no-store, max-age=100", "no-store"],
  ["max-age=-5", "public, max-age=86400, stale-while-revalidate=86400"],
  ['max-age="90"', "public, max-age=90, stale-while-revalidate=86400"],
  ["garbage=,,=x", "public, max-age=86400, stale-while-revalidate=86400"],
])("an origin's %s becomes %s", (origin, expected) => {
  expect(mediaCacheControl(origin)).toBe(expected);
});

test.each([
  ["https://a.example/photos/My%20Cat.JPG?x=1", 'inline; filename="My-Cat.webp"'],
  ["https://a.example/", 'inline; filename="media.webp"'],
  ["https://a.example/%22%0d%0aX-Evil:1", 'inline; filename="X-Evil-1.webp"'],
  ["https://a.example/..%2f..%2fetc%2fpasswd", 'inline; filename="etc-passwd.webp"'],
  ["https://a.example/日本.png", 'inline; filename="media.webp"'],
  [`https://a.example/${"a".repeat(300)}.png`, `inline; filename="${"a".repeat(64)}.webp"`],
])("a safe name is made of %s", (url, expected) => {
  expect(mediaDisposition(url, "webp")).toBe(expected);
});

describe("ranges", () => {
  test("one range of bytes is passed on", () => {
    expect(parseRange("bytes=0-")).toEqual({ start: 0, header: "bytes=0-" });
    expect(parseRange("bytes=100-199")).toEqual({ start: 100, header: "bytes=100-199" });
    expect(parseRange("bytes=-500")).toEqual({ start: Number.POSITIVE_INFINITY, header: "bytes=-500" });
  });

  test("anything else asks for the whole file", () => {
    for (const header of [
      null,
      "",
      "bytes=",
      "bytes=-",
      "bytes=0-1,5-6",
      "bytes=5-1",
      "items=0-1",
      "bytes=0-\r\nx: y",
      "bytes=1e3-",
    ]) {
      expect(parseRange(header)).toBeNull();
    }
  });

  test("an origin's content range is checked", () => {
    expect(checkContentRange("bytes 0-99/1000")).toBe("bytes 0-99/1000");
    expect(checkContentRange("bytes 0-99/*")).toBe("bytes 0-99/*");
    expect(checkContentRange("bytes */1000")).toBe("bytes */1000");
    for (const header of [
      undefined,
      "",
      "bytes 9-1/10",
      "bytes 0-99",
      "bytes a-b/c",
      "bytes 0-1/2\r\nx: y",
    ]) {
      expect(checkContentRange(header)).toBeNull();
    }
  });
});
