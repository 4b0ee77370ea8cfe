import { describe, expect, it } from "vitest";
import { chunkBlocks, estimateChunkHeight, findChunk } from "#lib/core/reading/chunk-blocks.ts";
import { imageSources } from "#lib/core/reading/image-sources.ts";
import { decideDisposition, displayUrl, spaceHref } from "#lib/core/reading/link-target.ts";
import { formatQuoteWithSource } from "#lib/core/reading/quote-source.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";
import { splitLongText } from "#lib/core/reading/split-long-text.ts";
import { block, makeDocument, paragraph } from "../../fixtures/make-document.ts";

describe("chunkBlocks", () => {
  it("keeps every block once, in order, in chunks of bounded size", () => {
    const { blocks } = makeDocument(
      Array.from({ length: 1000 }, (_, index) => paragraph(`p${index} `.repeat(20))),
    );
    const chunks = chunkBlocks(blocks);
    expect(chunks.flatMap((chunk) => chunk.blocks)).toEqual(blocks);
    expect(Math.max(...chunks.map((chunk) => chunk.blocks.length))).toBeLessThanOrEqual(48);
    for (const chunk of chunks) expect(blocks[chunk.start]).toBe(chunk.blocks[0]);
  });

  it("gives a huge block a chunk of its own", () => {
    const { blocks } = makeDocument([paragraph("a"), paragraph("b".repeat(50_000)), paragraph("c")]);
    expect(chunkBlocks(blocks).map((chunk) => chunk.blocks.length)).toEqual([1, 1, 1]);
  });

  it("does not break a row of cards by their length", () => {
    const card = (index: number) =>
      block({ type: "card", href: `https://example.org/${index}`, title: "t", text: "x".repeat(900) });
    const { blocks } = makeDocument(Array.from({ length: 96 }, (_, index) => card(index)));
    expect(chunkBlocks(blocks).map((chunk) => chunk.blocks.length)).toEqual([48, 48]);
  });

  it("finds the chunk of any block", () => {
    const { blocks } = makeDocument(Array.from({ length: 200 }, (_, index) => paragraph(`p${index}`)));
    const chunks = chunkBlocks(blocks);
    blocks.forEach((target, index) => {
      expect(chunks[findChunk(chunks, index)]?.blocks).toContain(target);
    });
  });

  it("expects narrower lines to be taller", () => {
    const [chunk] = chunkBlocks(makeDocument([paragraph("word ".repeat(500))]).blocks);
    expect(
      chunk && estimateChunkHeight(chunk, 34, 1.6) / estimateChunkHeight(chunk, 68, 1.6),
    ).toBeGreaterThan(1.8);
  });
});

describe("splitLongText", () => {
  it("returns pieces that together are the text, cut at line feeds or spaces", () => {
    const text = `${"word ".repeat(100)}\n${"x".repeat(300)}${"line\n".repeat(50)}`;
    const pieces = splitLongText(text, 120);
    expect(pieces.join("")).toBe(text);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(120);
    expect(pieces[0]?.endsWith(" ")).toBe(true);
    expect(pieces.at(-1)?.endsWith("\n")).toBe(true);
  });

  it("never cuts a character in two", () => {
    for (const piece of splitLongText("😀".repeat(50), 7)) expect(piece.isWellFormed()).toBe(true);
  });
});

describe("imageSources", () => {
  const media = { id: "m", kind: "image", url: "", src: "/api/media?u=1", height: null, alt: "" } as const;

  it("offers widths up to twice the picture's own, for fine screens", () => {
    expect(imageSources({ ...media, width: 600 })).toEqual({
      src: "/api/media?u=1&w=640",
      srcSet:
        "/api/media?u=1&w=384 384w, /api/media?u=1&w=640 640w, /api/media?u=1&w=1080 1080w, /api/media?u=1&w=1600 1600w",
    });
  });

  it("never asks for the untouched original of a huge picture", () => {
    const { src, srcSet } = imageSources({ ...media, width: 8000 });
    expect(src).toBe("/api/media?u=1&w=2560");
    expect(srcSet?.endsWith("&w=2560 2560w")).toBe(true);
  });

  it("offers no choice when the size is unknown or one is enough", () => {
    expect(imageSources({ ...media, width: null })).toEqual({
      src: "/api/media?u=1&w=1600",
      srcSet: undefined,
    });
    expect(imageSources({ ...media, width: 64 })).toEqual({ src: "/api/media?u=1&w=64", srcSet: undefined });
  });
});

describe("decideDisposition", () => {
  const click = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  it.each([
    [{}, "current"],
    [{ ctrlKey: true }, "background-tab"],
    [{ metaKey: true }, "background-tab"],
    [{ metaKey: true, shiftKey: true }, "new-tab"],
    [{ shiftKey: true }, "new-tab"],
    [{ altKey: true }, "split"],
    [{ button: 1 }, "background-tab"],
    [{ button: 1, shiftKey: true }, "new-tab"],
    [{ button: 2 }, null],
  ] as const)("opens a click with %j as %s", (gesture, disposition) => {
    expect(decideDisposition({ ...click, ...gesture })).toBe(disposition);
  });
});

describe("addresses", () => {
  it("puts the whole target into one parameter of the space's address", () => {
    const url = "https://example.org/a?b=c&d=é#e";
    expect(new URL(spaceHref(url), "https://qui.test").searchParams.get("url")).toBe(url);
  });

  it("shows an address without what nobody reads", () => {
    expect(displayUrl("https://www.example.org/")).toBe("example.org");
    expect(displayUrl("http://example.org/caf%C3%A9?x=1")).toBe("example.org/café?x=1");
    expect(displayUrl("https://example.org/100%")).toBe("example.org/100%");
  });
});

describe("reading time", () => {
  it("uses the speed of the language", () => {
    expect(readingMinutes(2380, "en-GB")).toBeCloseTo(10);
    expect(readingMinutes(2550, "zh-Hant")).toBeCloseTo(10);
    expect(readingMinutes(2380, null)).toBeCloseTo(10);
  });

  it.each([
    [0.2, null],
    [0.6, "1 min"],
    [59.4, "59 min"],
    [60, "1 h"],
    [69.7, "1 h 10 min"],
  ])("writes %d minutes as %s", (minutes, text) => {
    expect(formatReadingTime(minutes)).toBe(text);
  });
});

describe("formatQuoteWithSource", () => {
  const document = makeDocument([], { title: "On cats", byline: "Ada", siteName: "Example" });

  it("names author, title and site, and leads to the passage", () => {
    expect(formatQuoteWithSource(" Cats sit-down, mostly. ", document)).toBe(
      "“Cats sit-down, mostly.”\n— Ada, On cats, Example\nhttps://example.org/a#:~:text=Cats%20sit%2Ddown%2C%20mostly.",
    );
  });

  it("names a long passage by its first and last words", () => {
    const words = Array.from({ length: 40 }, (_, index) => `w${index}`).join(" ");
    expect(formatQuoteWithSource(words, document)).toMatch(
      /#:~:text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39$/,
    );
  });

  it("does not repeat a title that is also the site's name", () => {
    expect(formatQuoteWithSource("x", makeDocument([], { title: "Example", siteName: "Example" }))).toContain(
      "\n— Example\n",
    );
  });
});
