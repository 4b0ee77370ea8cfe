import { describe, expect, it } from "vitest";
import { quoteUrl } from "#lib/core/reading/quote-source.ts";
import { resolveFragment } from "#lib/core/reading/resolve-fragment.ts";
import { heading, makeDocument, paragraph } from "../../fixtures/make-document.ts";

const document = makeDocument([
  heading(2, "History & use"),
  paragraph("The pier was built in 1904, and rebuilt twice."),
  heading(2, "Überblick"),
  paragraph("A very long sentence about the harbour that goes on and on, past the lighthouse and the ferry."),
]);
const id = (index: number) => document.blocks[index]?.id;

describe("resolveFragment", () => {
  it.each([
    ["#History_%26_use", 0],
    ["#history-use", 0],
    ["#%C3%9Cberblick", 2],
    ["#uberblick", 2],
  ])("leads %s to the heading that spells the same", (fragment, index) => {
    expect(resolveFragment(document, fragment)).toEqual({ blockId: id(index), range: null });
  });

  it.each(["", "#", "#nowhere", "#:~:text=volcano", "#100%"])("knows no place for %j", (fragment) => {
    expect(resolveFragment(document, fragment)).toBeNull();
  });

  it("leads text fragments to the words they quote", () => {
    expect(resolveFragment(document, "#:~:text=was%20built-,in%201904,-and")).toMatchObject({
      blockId: id(1),
      range: { start: 19, end: 26 },
    });
    expect(resolveFragment(document, "#x:~:text=long%20sentence,the%20ferry")).toMatchObject({
      blockId: id(3),
      range: { start: 7, end: 93 },
    });
  });

  it("comes back to every passage that a quote's own address names", () => {
    const quote = "was built in 1904, and rebuilt";
    const fragment = new URL(quoteUrl(quote, document)).hash;
    expect(resolveFragment(document, fragment)).toMatchObject({
      blockId: id(1),
      range: { start: 9, end: 39 },
    });
  });
});
