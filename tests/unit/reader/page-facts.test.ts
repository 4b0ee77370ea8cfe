import { describe, expect, it } from "vitest";
import { bestOfSrcset } from "#lib/node/reader/html/media-registry.ts";
import { isoDate } from "#lib/node/reader/html/parse-date.ts";
import { articlePage, readFixture } from "../../fixtures/reader/read-fixture.ts";

describe("what a page would load from elsewhere", () => {
  it("lists every third-party reference once, by type, and nothing of its own site", () => {
    const { references } = readFixture(
      articlePage(
        `<script src="https://cdn.tracker.example/t.js"></script><script src="https://cdn.tracker.example/t.js"></script>
         <img src="https://pixel.example/p.gif" width=1 height=1><iframe src="//ads.example/slot"></iframe><img src="https://static.example.org/own.png">`,
        `<link rel="stylesheet" href="https://fonts.example/css"><link rel="preload" as="font" href="https://fonts.example/a.woff2"><link rel="preconnect" href="https://warm.example">`,
      ),
    );
    expect(references).toEqual([
      { url: "https://fonts.example/css", type: "stylesheet" },
      { url: "https://fonts.example/a.woff2", type: "font" },
      { url: "https://warm.example/", type: "other" },
      { url: "https://cdn.tracker.example/t.js", type: "script" },
      { url: "https://pixel.example/p.gif", type: "image" },
      { url: "https://ads.example/slot", type: "frame" },
    ]);
  });

  it("lists links with their text and says which stay on the site", () => {
    const { links } = readFixture(
      `<p><a href="/a">First</a> <a href="https://sub.example.org/b">Second</a> <a href="https://other.example/c"><img alt="x"></a></p>`,
    );
    expect(links).toEqual([
      { href: "https://example.org/a", text: "First", internal: true },
      { href: "https://sub.example.org/b", text: "Second", internal: true },
      { href: "https://other.example/c", text: "", internal: false },
    ]);
  });

  it("resolves addresses against the page's base", () => {
    const { links } = readFixture(`<base href="https://cdn.example.com/deep/"><a href="x">Go</a>`);
    expect(links[0]?.href).toBe("https://cdn.example.com/deep/x");
  });

  it.each([
    [`<meta http-equiv="refresh" content="0; url=/next">`, "https://example.org/next"],
    [`<meta http-equiv="Refresh" content="3;URL='https://example.com/'">`, "https://example.com/"],
    [`<meta http-equiv="refresh" content="0; url=javascript:alert(1)">`, null],
    [`<meta http-equiv="refresh" content="300">`, null],
  ])("knows where %s leads", (meta, target) => {
    expect(readFixture(meta).refresh).toBe(target);
  });
});

describe("a page's name", () => {
  it.each([
    ["<title>Boots | Example Shop</title>", "Boots"],
    ["<title>Example Shop</title>", "Example Shop"],
    [
      "<title>Red - green - blue and other colours of the wet season</title>",
      "Red - green - blue and other colours of the wet season",
    ],
    [`<title>x</title><meta property="og:title" content="Named by the page">`, "Named by the page"],
    ["", ""],
  ])("of %s is %s", (head, title) => {
    expect(
      readFixture(`<html><head>${head}</head><body><p>Some text.</p></body></html>`).document.title,
    ).toBe(title);
  });
});

describe("dates", () => {
  it.each([
    ["2025-03-04", "2025-03-04T00:00:00.000Z"],
    ["2025-03-04T10:00", "2025-03-04T10:00:00.000Z"],
    ["2025-03-04T10:00:00+02:00", "2025-03-04T08:00:00.000Z"],
    ["March 4th, 2025 at 10:00", "2025-03-04T10:00:00.000Z"],
    ["yesterday", null],
    ["0001-01-01", null],
    ["12", null],
  ])("reads %s as %s wherever the server stands", (text, iso) => {
    expect(isoDate(text)).toBe(iso);
  });
});

describe("srcset", () => {
  it.each([
    ["a.png 100w, b.png 1200w, c.png 4000w", "b.png"],
    ["a.png 1x, b.png 2x", "b.png"],
    ["a.png", "a.png"],
    ["huge.png 5000w, vast.png 9000w", "huge.png"],
    ["a.png 1x,b.png 2x", "b.png"],
    ["", ""],
  ])("%s gives %s, the widest a reader can use", (srcset, best) => {
    expect(bestOfSrcset(srcset)).toBe(best);
  });
});
