import { describe, expect, it } from "vitest";
import { findTitleBlock } from "#lib/core/reading/block-index.ts";
import { activeEntry, buildOutline, normaliseHeadingLevels } from "#lib/core/reading/outline.ts";
import { block, heading, makeDocument, paragraph, runs } from "../../fixtures/make-document.ts";

const outlineOf = (document: ReturnType<typeof makeDocument>) =>
  buildOutline(document).map(({ depth, text }) => `${depth} ${text}`);

describe("buildOutline", () => {
  it("lists headings in order and never skips a depth on the way down", () => {
    const document = makeDocument([
      heading(2, "One"),
      heading(5, "Deep"),
      heading(3, "Less deep"),
      heading(2, "Two"),
      heading(1, "Chapter"),
      heading(2, "Three"),
    ]);
    expect(outlineOf(document)).toEqual(["1 One", "2 Deep", "2 Less deep", "1 Two", "1 Chapter", "2 Three"]);
  });

  it("leaves out the heading that repeats the title and headings inside quotations", () => {
    const document = makeDocument(
      [
        heading(1, "  A  Title "),
        block({ type: "quote", blocks: [heading(2, "Quoted")] }),
        heading(2, "Own"),
        heading(2, "  "),
      ],
      { title: "A title" },
    );
    expect(outlineOf(document)).toEqual(["1 Own"]);
    expect(findTitleBlock(document)).toBe(document.blocks[0]);
  });

  it("lists the posts of a thread by author and first words", () => {
    const post = (author: string | null, text: string) =>
      block({ type: "post", author, publishedAt: null, blocks: [paragraph(text)] });
    const document = makeDocument([post("Ada", "Hello  there"), post(null, "x".repeat(80))], {
      kind: "forum",
    });
    expect(outlineOf(document)).toEqual(["1 Ada: Hello there", `1 ${"x".repeat(60)}…`]);
  });

  it("lists the pages of a PDF that has no headings", () => {
    const document = makeDocument([
      block({ type: "pageBreak", page: 1 }),
      paragraph("a"),
      block({ type: "pageBreak", page: 2 }),
    ]);
    expect(outlineOf(document)).toEqual(["1 Page 1", "1 Page 2"]);
  });
});

it("draws the first heading as level 2 whatever the site used", () => {
  const document = makeDocument([heading(4, "A"), heading(6, "B"), heading(1, "C")]);
  expect([...normaliseHeadingLevels(document).values()]).toEqual([2, 3, 2]);
});

describe("activeEntry", () => {
  const document = makeDocument([paragraph("intro"), heading(2, "A"), paragraph("a"), heading(2, "B")]);
  const outline = buildOutline(document);

  it("is the last section that starts at or before the place", () => {
    expect(activeEntry(outline, 1)?.text).toBe("A");
    expect(activeEntry(outline, 2)?.text).toBe("A");
    expect(activeEntry(outline, 3)?.text).toBe("B");
    expect(activeEntry(outline, 99)?.text).toBe("B");
  });

  it("is nothing above the first section", () => {
    expect(activeEntry(outline, 0)).toBeNull();
    expect(activeEntry([], 5)).toBeNull();
  });
});

it("indexes blocks that repeat an id by the first", () => {
  const document = makeDocument([
    block({ type: "details", summary: runs("More"), blocks: [heading(2, "In")] }),
  ]);
  expect(outlineOf(document)).toEqual(["1 In"]);
});
