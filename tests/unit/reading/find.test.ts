import { describe, expect, it } from "vitest";
import { blockText } from "#lib/core/document/block-text.ts";
import { indexDocument, TITLE_ID } from "#lib/core/reading/block-index.ts";
import { findInDocument, firstMatchFrom, MATCHES_MAX } from "#lib/core/reading/find.ts";
import { block, heading, makeDocument, paragraph, runs } from "../../fixtures/make-document.ts";

const LOOSE = { caseSensitive: false, wholeWord: false };

/** The original text of every match of a query in one paragraph. */
function matchesIn(text: string, query: string, options: Partial<typeof LOOSE> = {}): string[] {
  const document = makeDocument([paragraph(text)], { title: "" });
  return findInDocument(document, query, { ...LOOSE, ...options }).matches.map(({ start, end }) =>
    text.slice(start, end),
  );
}

describe("findInDocument folds away", () => {
  it.each([
    ["letter case", "Straße STRASSE", "strasse", ["Straße", "STRASSE"]],
    ["accents, composed or not", "café cafe\u0301 CAFÉ", "cafe", ["café", "cafe\u0301", "CAFÉ"]],
    ["accents of the query", "cafe", "Café", ["cafe"]],
    ["letters without decomposition", "Øystein Łódź Æsir", "oystein", ["Øystein"]],
    ["Turkish capitals", "İstanbul ISTANBUL ıstanbul", "istanbul", ["İstanbul", "ISTANBUL", "ıstanbul"]],
    ["Greek final sigma", "Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", "οδυσσευς", ["Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ"]],
    ["ligatures and full-width forms", "ﬁne ｆｉｎｅ", "fine", ["ﬁne", "ｆｉｎｅ"]],
    ["typographic quotes and dashes", "it’s 1914–1918", "it's 1914-1918", ["it’s 1914–1918"]],
    ["soft hyphens and joiners", "un\u00adbreak\u200bable", "unbreakable", ["un\u00adbreak\u200bable"]],
    ["no-break spaces", "10\u00a0km", "10 km", ["10\u00a0km"]],
    ["Hebrew points", "שָׁלוֹם", "שלום", ["שָׁלוֹם"]],
    ["Arabic harakat", "كِتَاب", "كتاب", ["كِتَاب"]],
  ])("%s", (_, text, query, expected) => {
    expect(matchesIn(text, query)).toEqual(expected);
  });

  it("but keeps vowel signs that carry meaning", () => {
    expect(matchesIn("कि का", "का")).toEqual(["का"]);
    expect(matchesIn("한국", "하")).toEqual([]);
    expect(matchesIn("がか", "か")).toEqual(["か"]);
  });
});

describe("findInDocument", () => {
  it("finds every match in reading order, in nested blocks too, with offsets into the block's text", () => {
    const document = makeDocument([
      heading(2, "Cat one"),
      block({ type: "list", ordered: false, items: [[paragraph("a cat")], [paragraph("no")]] }),
      block({ type: "details", summary: runs("cat two"), blocks: [paragraph("the cat")] }),
      block({
        type: "table",
        header: [{ runs: runs("dog") }, { runs: runs("cat") }],
        rows: [[{ runs: runs("x") }, { runs: runs("concat") }]],
      }),
    ]);
    const { matches, capped } = findInDocument(document, "cat", LOOSE);
    const { byId } = indexDocument(document);
    expect(capped).toBe(false);
    expect(matches.map(({ blockId }) => byId.get(blockId)?.block.type)).toEqual([
      "heading",
      "paragraph",
      "details",
      "paragraph",
      "table",
      "table",
    ]);
    for (const { blockId, start, end } of matches) {
      const entry = byId.get(blockId);
      expect(entry && blockText(entry.block).slice(start, end).toLowerCase()).toBe("cat");
    }
  });

  it("searches the title under its own id, unless a heading of the text repeats it", () => {
    const apart = makeDocument([paragraph("nothing")], { title: "About cats" });
    expect(findInDocument(apart, "cats", LOOSE).matches).toEqual([{ blockId: TITLE_ID, start: 6, end: 10 }]);
    const repeated = makeDocument([heading(1, "About cats")], { title: "About cats" });
    expect(findInDocument(repeated, "cats", LOOSE).matches).toEqual([
      { blockId: repeated.blocks[0]?.id, start: 6, end: 10 },
    ]);
  });

  it("finds only whole words when asked, in any script", () => {
    expect(matchesIn("cat concat cat's scat, cat.", "cat", { wholeWord: true })).toHaveLength(3);
    expect(matchesIn("кот котик", "кот", { wholeWord: true })).toEqual(["кот"]);
    expect(matchesIn("𝒳cat", "cat", { wholeWord: true })).toEqual([]);
    expect(matchesIn("我喜欢北京大学", "北京", { wholeWord: true })).toEqual(["北京"]);
  });

  it("minds letter case when asked", () => {
    expect(matchesIn("Cat cat CAT", "cat", { caseSensitive: true })).toEqual(["cat"]);
    expect(matchesIn("École école", "École", { caseSensitive: true })).toEqual(["École"]);
  });

  it("does not report overlapping matches", () => {
    expect(matchesIn("aaaa", "aa")).toEqual(["aa", "aa"]);
    expect(matchesIn("ﬀ", "f")).toEqual(["ﬀ"]);
  });

  it("finds nothing for white space alone", () => {
    expect(matchesIn("a b", " ")).toEqual([]);
    expect(matchesIn("a b", "")).toEqual([]);
  });

  it("stops at the limit and says so", () => {
    const document = makeDocument([paragraph("a ".repeat(MATCHES_MAX + 5))], { title: "" });
    const result = findInDocument(document, "a", LOOSE);
    expect(result.matches).toHaveLength(MATCHES_MAX);
    expect(result.capped).toBe(true);
  });
});

describe("firstMatchFrom", () => {
  const document = makeDocument([paragraph("x 1"), paragraph("y"), paragraph("x 2")], { title: "" });
  const { matches } = findInDocument(document, "x", LOOSE);

  it("is the first match at or after the place one reads", () => {
    expect(firstMatchFrom(document, matches, 0)).toBe(0);
    expect(firstMatchFrom(document, matches, 1)).toBe(1);
  });

  it("wraps round to the first", () => {
    expect(firstMatchFrom(document, matches, 3)).toBe(0);
  });
});
