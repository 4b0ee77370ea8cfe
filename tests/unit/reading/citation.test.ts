import { describe, expect, it } from "vitest";
import { blockText } from "#lib/core/document/block-text.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { createCitation, resolveCitation, splitRange } from "#lib/core/reading/citation.ts";
import type { Document } from "#lib/protocol/document.ts";
import { block, heading, makeDocument, paragraph, runs } from "../../fixtures/make-document.ts";

function cite(document: Document, blockIndex: number, quote: string) {
  const target = document.blocks[blockIndex];
  if (!target) throw new Error("no such block");
  const start = blockText(target).indexOf(quote);
  const citation = createCitation(document, { blockId: target.id, start, end: start + quote.length });
  if (!citation) throw new Error("no citation");
  return citation;
}

function textAt(document: Document, range: ReturnType<typeof resolveCitation>): string | null {
  const entry = range && indexDocument(document).byId.get(range.blockId);
  return entry ? blockText(entry.block).slice(range.start, range.end) : null;
}

describe("createCitation", () => {
  const document = makeDocument([paragraph("One two three.")]);
  const blockId = document.blocks[0]?.id ?? "";

  it("keeps the quoted words", () => {
    expect(createCitation(document, { blockId, start: 4, end: 7 })).toEqual({
      documentId: "doc",
      blockId,
      start: 4,
      end: 7,
      quote: "two",
    });
  });

  it("cuts what reaches past the block's end", () => {
    expect(createCitation(document, { blockId, start: 8, end: 99 })).toMatchObject({
      end: 14,
      quote: "three.",
    });
  });

  it("is null for an unknown block and for nothing but white space", () => {
    expect(createCitation(document, { blockId: "gone", start: 0, end: 3 })).toBeNull();
    expect(createCitation(document, { blockId, start: 3, end: 4 })).toBeNull();
  });
});

describe("resolveCitation", () => {
  const text = "The river rose. The river fell. The river rose again.";
  const original = makeDocument([paragraph("Before."), paragraph(text)]);

  it("returns the exact place while the text is unchanged", () => {
    const citation = cite(original, 1, "fell");
    expect(resolveCitation(original, citation)).toEqual({
      blockId: citation.blockId,
      start: citation.start,
      end: citation.end,
    });
  });

  it("picks the nearest equal passage when the text moved inside its block", () => {
    const citation = createCitation(original, { blockId: original.blocks[1]?.id ?? "", start: 36, end: 41 });
    expect(citation?.quote).toBe("river");
    const moved = { ...original, blocks: original.blocks.map((old) => ({ ...old })) };
    const changed = moved.blocks[1];
    if (changed?.type === "paragraph") changed.runs = runs(`So: ${text}`);
    expect(citation && resolveCitation(moved, citation)?.start).toBe(40);
  });

  it("follows the passage into another block", () => {
    const citation = cite(original, 1, "The river fell.");
    const rewritten = makeDocument([heading(2, "New"), paragraph("Quoted: The river fell. Indeed.")]);
    expect(textAt(rewritten, resolveCitation(rewritten, citation))).toBe("The river fell.");
  });

  it("finds the passage when only case or typography changed", () => {
    const citation = cite(makeDocument([paragraph("It's “over”.")]), 0, "It's “over”.");
    const retyped = makeDocument([paragraph('Then: IT’S "OVER". End')]);
    expect(textAt(retyped, resolveCitation(retyped, citation))).toBe('IT’S "OVER".');
  });

  it("is null when the passage is gone", () => {
    const citation = cite(original, 1, "fell");
    expect(resolveCitation(makeDocument([paragraph("Other words")]), citation)).toBeNull();
  });
});

describe("splitRange", () => {
  const tree = block({
    type: "quote",
    blocks: [
      paragraph("First"),
      block({ type: "separator" }),
      block({
        type: "list",
        ordered: true,
        items: [[paragraph("Item one"), paragraph("more")], [], [paragraph("Item two")]],
      }),
      block({ type: "details", summary: runs("Sum"), blocks: [paragraph("Hidden")] }),
      block({ type: "code", text: "a\nb" }),
    ],
  });
  const document = makeDocument([tree]);
  const { byId } = indexDocument(document);
  const whole = blockText(tree);

  it("finds for every single character of a container the block that holds it", () => {
    for (let at = 0; at < whole.length; at++) {
      const pieces = splitRange(tree, at, at + 1);
      const found = pieces.map(({ blockId, start, end }) => {
        const entry = byId.get(blockId);
        return entry ? blockText(entry.block).slice(start, end) : "?";
      });
      // A line feed between blocks belongs to none of them.
      if (whole[at] === "\n" && found.length === 0) continue;
      expect(found, `offset ${at}`).toEqual([whole[at]]);
    }
  });

  it("covers a range over several blocks piece by piece", () => {
    const start = whole.indexOf("rst");
    const end = whole.indexOf("more") + 2;
    const texts = splitRange(tree, start, end).map(({ blockId, start: from, end: to }) => {
      const entry = byId.get(blockId);
      return entry ? blockText(entry.block).slice(from, to) : "?";
    });
    expect(texts).toEqual(["rst", "Item one", "mo"]);
  });
});
