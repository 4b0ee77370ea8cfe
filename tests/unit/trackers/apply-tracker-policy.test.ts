import { describe, expect, test } from "vitest";
import { identifyBlocks } from "#lib/core/document/identify-blocks.ts";
import type { Reading } from "#lib/node/reader/reading.ts";
import { applyTrackerPolicy, isBlocked } from "#lib/node/trackers/apply-tracker-policy.ts";
import { createTrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import type { Block } from "#lib/protocol/document.ts";

const PAGE = "https://news.example.com/story";
const matcher = createTrackerMatcher();

function reading(blocks: Block[], parts: Partial<Reading> = {}): Reading {
  return {
    document: {
      id: "d",
      kind: "article",
      source: { url: PAGE, finalUrl: PAGE, canonicalUrl: null, fetchedAt: "2026-01-01T00:00:00.000Z" },
      title: "Story",
      byline: null,
      siteName: null,
      lang: null,
      dir: "ltr",
      publishedAt: null,
      excerpt: null,
      wordCount: 0,
      blocks: identifyBlocks(blocks),
    },
    links: [],
    media: [],
    needsLive: false,
    iconUrl: null,
    references: [],
    feeds: [],
    ...parts,
  };
}

const image = (media: string): Block => ({ id: "", type: "image", media, alt: "", caption: [] });
const link = (href: string): Block => ({ id: "", type: "paragraph", runs: [{ text: "link", href }] });
const media = (id: string, url: string) => ({
  id,
  kind: "image" as const,
  url,
  width: null,
  height: null,
  alt: "",
});

describe("applyTrackerPolicy", () => {
  test("reports owners, most references first, whatever the level", () => {
    const references = [
      { url: "https://connect.facebook.net/a.js", type: "script" as const },
      { url: "https://www.google-analytics.com/a.js", type: "script" as const },
      { url: "https://www.google-analytics.com/b.js", type: "script" as const },
      { url: "https://cdn.jsdelivr.net/a.js", type: "script" as const },
    ];
    for (const level of ["off", "standard", "strict"] as const) {
      expect(applyTrackerPolicy(reading([], { references }), { level, matcher })).toEqual({
        level,
        count: 3,
        entities: [
          { name: "Google Analytics", category: "analytics", count: 2 },
          { name: "Facebook", category: "social", count: 1 },
        ],
        strippedParameters: 0,
      });
    }
  });

  test("drops a tracker's image wherever it stands, with what becomes empty, and keeps every id", () => {
    const page = reading(
      [
        image("good"),
        image("pixel"),
        { id: "", type: "list", ordered: false, items: [[image("pixel")], [link("https://a.example/")]] },
        { id: "", type: "quote", blocks: [image("pixel")] },
        { id: "", type: "card", href: "https://a.example/", title: "Card", text: "", media: "pixel" },
      ],
      {
        media: [
          media("good", "https://img.example.com/a.jpg"),
          media("pixel", "https://ad.doubleclick.net/p.gif"),
        ],
      },
    );
    const ids = page.document.blocks.map((block) => block.id);
    applyTrackerPolicy(page, { level: "standard", matcher });
    expect(page.media.map((entry) => entry.id)).toEqual(["good"]);
    const { blocks } = page.document;
    expect(blocks.map((block) => block.type)).toEqual(["image", "list", "card"]);
    expect(blocks.map((block) => block.id)).toEqual([ids[0], ids[2], ids[4]]);
    expect(blocks[1]).toMatchObject({ items: [[{ type: "paragraph" }]] });
    expect(blocks[2]).not.toHaveProperty("media");
  });

  test("cleans links in blocks and in the list of links, and counts each address once", () => {
    const href = "https://shop.example.com/p?id=1&utm_source=x&fbclid=y";
    const page = reading([link(href), link(href), link("#note")], {
      links: [{ href, text: "link", internal: true }],
    });
    const report = applyTrackerPolicy(page, { level: "standard", matcher });
    expect(report.strippedParameters).toBe(2);
    expect(page.document.blocks.map((block) => block.type === "paragraph" && block.runs[0]?.href)).toEqual([
      "https://shop.example.com/p?id=1",
      "https://shop.example.com/p?id=1",
      "#note",
    ]);
    expect(page.links[0]?.href).toBe("https://shop.example.com/p?id=1");
  });

  test("only the strict level looks through redirectors", () => {
    const href = "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.com%2Fnext%3Futm_source%3Dfb";
    const links = () => [{ href, text: "next", internal: false }];
    const standard = reading([link(href)], { links: links() });
    applyTrackerPolicy(standard, { level: "standard", matcher });
    expect(standard.links[0]?.href).toBe(href);

    const strict = reading([link(href)], { links: links() });
    applyTrackerPolicy(strict, { level: "strict", matcher });
    expect(strict.links[0]).toEqual({ href: "https://news.example.com/next", text: "next", internal: true });
  });

  test("at level off nothing is changed", () => {
    const build = () =>
      reading([image("pixel"), link("https://a.example/?utm_source=x")], {
        media: [media("pixel", "https://ad.doubleclick.net/p.gif")],
      });
    const page = build();
    applyTrackerPolicy(page, { level: "off", matcher });
    expect(page).toEqual(build());
  });
});

test("isBlocked drops social networks' own media only when strict", () => {
  const pixel = { url: "https://ad.doubleclick.net/p.gif", type: "image" as const };
  const ask = (level: "off" | "standard" | "strict") => isBlocked(pixel, { pageUrl: PAGE, level, matcher });
  expect([ask("off"), ask("standard"), ask("strict")]).toEqual([false, true, true]);
});
