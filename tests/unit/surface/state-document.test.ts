import { describe, expect, it } from "vitest";
import { blocksText } from "#lib/core/document/block-text.ts";
import { findDetailsAround } from "#lib/core/reading/details-around.ts";
import { documentForState, isOwnDocument } from "#lib/core/reading/state-document.ts";
import { type Document, documentSchema } from "#lib/protocol/document.ts";
import { block, makeDocument, makePage, paragraph, runs } from "../../fixtures/make-document.ts";

const links = (document: Document) =>
  document.blocks
    .flatMap((each) => (each.type === "paragraph" ? each.runs : []))
    .flatMap(({ href }) => href ?? []);

describe("a panel without a page", () => {
  it("is a valid document in every state", () => {
    const url = "https://www.example.org/a";
    const states = [
      { status: "blank", isPrivate: false },
      { status: "stopped", url },
      { status: "blank", isPrivate: true },
      { status: "loading", url, startedAt: 0 },
      { status: "offline", url, savedCopy: true },
      { status: "failed", url, error: { code: "timed_out", message: "It took too long.", requestId: "r1" } },
    ] as const;
    for (const state of states) {
      const document = documentForState(state);
      expect(documentSchema.safeParse(document).success).toBe(true);
      expect(new Set(document.blocks.map(({ id }) => id)).size).toBe(document.blocks.length);
      expect(isOwnDocument(document)).toBe(true);
    }
  });

  it("says what happened in the flat view's words and offers its next steps", () => {
    const url = "https://www.example.org/a";
    const error = { code: "name_not_found", message: "There is no such name.", requestId: "" } as const;
    const document = documentForState({ status: "failed", url, error });
    expect(document.title).toBe("No site has this name");
    expect(blocksText(document.blocks)).toContain("There is no such name.");
    expect(links(document).map((href) => href.split("?")[0])).toEqual([
      "qui:command/page.open",
      "qui:command/omnibox.focus",
      "qui:command/page.reload",
    ]);
  });

  it("that is loading can be stopped", () => {
    const document = documentForState({ status: "loading", url: "https://www.example.org/", startedAt: 0 });
    expect(document.title).toBe("Waiting for example.org");
    expect(links(document)).toEqual(["qui:command/page.stop"]);
  });

  it("is the same document when it is made again, so that nothing jumps", () => {
    const make = () =>
      documentForState({ status: "loading", url: "https://example.org/", startedAt: Math.random() });
    expect(make()).toEqual(make());
  });

  it("is told from a copy and from a page, whose links name no commands", () => {
    expect(isOwnDocument(structuredClone(documentForState({ status: "blank", isPrivate: false })))).toBe(
      false,
    );
    const page = makePage(makeDocument([paragraph("x")]));
    expect(documentForState({ status: "ready", page })).toBe(page.document);
    expect(isOwnDocument(page.document)).toBe(false);
  });
});

describe("folded sections around a block", () => {
  it("are named outermost first", () => {
    const inner = block({ type: "details", summary: runs("inner"), blocks: [paragraph("deep")] });
    const outer = block({ type: "details", summary: runs("outer"), blocks: [paragraph("x"), inner] });
    const document = makeDocument([block({ type: "quote", blocks: [outer] })]);
    const deep = (inner as { blocks: { id: string }[] }).blocks[0]?.id ?? "";
    expect(findDetailsAround(document, deep)).toEqual([outer.id, inner.id]);
    expect(findDetailsAround(document, inner.id)).toEqual([outer.id]);
    expect(findDetailsAround(document, "none")).toEqual([]);
  });
});
