import { describe, expect, it } from "vitest";
import { blocksText, runsText } from "#lib/core/document/block-text.ts";
import type { Block } from "#lib/protocol/document.ts";
import { articlePage, prose, readFixture } from "../../fixtures/reader/read-fixture.ts";

function find<Type extends Block["type"]>(
  blocks: readonly Block[],
  type: Type,
): Extract<Block, { type: Type }> {
  const block = blocks.find((candidate) => candidate.type === type);
  if (!block) throw new Error(`no ${type} among ${blocks.map((candidate) => candidate.type).join(", ")}`);
  return block as Extract<Block, { type: Type }>;
}

describe("an article", () => {
  it("keeps its text and nothing of the page around it", () => {
    const { document } = readFixture(articlePage(""));
    expect(document.kind).toBe("article");
    expect(blocksText(document.blocks)).toBe([1, 2, 3, 4].map(prose).join("\n"));
  });

  it("says its title once, above the text, without the site's name", () => {
    const { document } = readFixture(articlePage(""));
    expect(document.title).toBe("River walks");
    expect(document.siteName).toBe("Example Journal");
    expect(document.blocks.some((block) => block.type === "heading")).toBe(false);
  });

  it("reads byline, date, language, excerpt, canonical address, icon and feeds", () => {
    const head = `<meta name="author" content="Ada Heron"><meta property="article:published_time" content="2025-03-04T05:06:07+01:00">
      <meta name="description" content="Four walks along one river."><link rel="canonical" href="/blog/river-walks?x=1">
      <link rel="icon" sizes="32x32" href="/icon-32.png"><link rel="alternate" type="application/rss+xml" href="/feed.xml" title="All walks">`;
    const { document, iconUrl, feeds } = readFixture(articlePage("", head));
    expect(document).toMatchObject({
      byline: "Ada Heron",
      publishedAt: "2025-03-04T04:06:07.000Z",
      lang: "en",
      dir: "ltr",
      excerpt: "Four walks along one river.",
      source: { canonicalUrl: "https://example.org/blog/river-walks?x=1" },
    });
    expect(iconUrl).toBe("https://example.org/icon-32.png");
    expect(feeds).toEqual([{ url: "https://example.org/feed.xml", title: "All walks" }]);
  });

  it("keeps marks and absolute links, and the start of a numbered list", () => {
    const { blocks } = readFixture(
      articlePage(`<p>See the <a href="../map">map</a> and <strong>bring <em>boots</em></strong>; H<sub>2</sub>O is everywhere along the way.</p>
        <ol start="3"><li>Third, turn left at the chapel and go on.</li><li>Fourth, cross the bridge with care.</li></ol>`),
    ).document;
    const paragraph = blocks.find(
      (block) => block.type === "paragraph" && runsText(block.runs).startsWith("See the"),
    );
    expect(paragraph).toMatchObject({
      runs: [
        { text: "See the " },
        { text: "map", href: "https://example.org/map" },
        { text: " and " },
        { text: "bring ", marks: ["bold"] },
        { text: "boots", marks: ["bold", "italic"] },
        { text: "; H" },
        { text: "2", marks: ["sub"] },
        { text: "O is everywhere along the way." },
      ],
    });
    expect(find(blocks, "list")).toMatchObject({ ordered: true, start: 3 });
  });

  it("leads links within the page to the block that stands there", () => {
    const { blocks } = readFixture(
      articlePage(`<p>The boots are in <a href="#boots">the list below</a>, and this leads <a href="#gone">nowhere</a> at all.</p>
        <h2 id="boots">Boots to bring</h2><p>${prose(7)}</p>`),
    ).document;
    const heading = find(blocks, "heading");
    const runs = blocks.flatMap((block) => (block.type === "paragraph" ? block.runs : []));
    expect(runs.find((run) => run.text === "the list below")?.href).toBe(`#${heading.id}`);
    expect(runs.find((run) => run.text.includes("nowhere"))?.href).toBeUndefined();
  });

  it("keeps code as written, names its language, and leaves line numbers and copy buttons out", () => {
    const { blocks } = readFixture(
      articlePage(
        `<div class="highlight"><pre><button>Copy</button><span class="lineno">1</span><code class="language-ts"><span>const</span> a = 1;\n  return a &lt; 2;</code></pre></div>`,
      ),
    ).document;
    expect(find(blocks, "code")).toMatchObject({ language: "ts", text: "const a = 1;\n  return a < 2;" });
  });

  it("reads a data table with caption, header and spans, and unwraps a table that only places things", () => {
    const data = `<table><caption>Heights of the falls</caption><thead><tr><th>Fall</th><th>Metres</th></tr></thead>
      <tbody><tr><td colspan="2">Upper fall</td></tr><tr><td>Lower fall</td><td>12</td></tr></tbody></table>`;
    const layout = `<table role="presentation"><tr><td><p>${prose(8)}</p></td></tr></table>`;
    const { blocks } = readFixture(articlePage(data + layout)).document;
    const table = find(blocks, "table");
    expect(table.caption).toBe("Heights of the falls");
    expect(table.header.map((cell) => runsText(cell.runs))).toEqual(["Fall", "Metres"]);
    expect(table.rows[0]?.[0]?.colSpan).toBe(2);
    expect(blocks.filter((block) => block.type === "table")).toHaveLength(1);
    expect(blocksText(blocks)).toContain(prose(8));
  });

  it("chooses the best address of a lazy image, with its caption, and drops pixels and icons", () => {
    const { document, media } = readFixture(
      articlePage(`<figure><img src="data:image/gif;base64,R0lGOD" data-src="/low.jpg" data-srcset="/mid.jpg 800w, /big.jpg 1600w, /huge.jpg 4000w" alt="A heron" width="1600" height="900">
        <figcaption>A heron in the shallows</figcaption></figure>
        <img src="https://stats.example/p.gif" width="1" height="1"><img class="icon" src="/star.png">`),
    );
    const image = find(document.blocks, "image");
    expect(runsText(image.caption)).toBe("A heron in the shallows");
    expect(media).toEqual([
      {
        id: image.media,
        kind: "image",
        url: "https://example.org/big.jpg",
        width: 1600,
        height: 900,
        alt: "A heron",
      },
    ]);
  });

  it("shows known players as links out and no other frame", () => {
    const { blocks } = readFixture(
      articlePage(`<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1" title="The walk"></iframe>
        <iframe src="https://ads.example/slot"></iframe>`),
    ).document;
    expect(blocks.filter((block) => block.type === "embed")).toMatchObject([
      { url: "https://www.youtube.com/watch?v=abcdefghijk", title: "The walk" },
    ]);
  });

  it("keeps the source of mathematics", () => {
    const { blocks } = readFixture(
      articlePage(
        `<math display="block"><semantics><mi>v</mi><annotation encoding="application/x-tex">v = \\frac{s}{t}</annotation></semantics></math>`,
      ),
    ).document;
    expect(find(blocks, "math").tex).toBe("v = \\frac{s}{t}");
  });

  it("keeps quotes with their source, and details", () => {
    const { blocks } = readFixture(
      articlePage(`<blockquote><p>The river is a strong brown god, and it keeps its own time in every season.</p><cite>A poet</cite></blockquote>
        <details><summary>How wet is it, really?</summary><p>${prose(9)}</p></details>`),
    ).document;
    expect(find(blocks, "quote").cite).toBe("A poet");
    expect(runsText(find(blocks, "details").summary)).toBe("How wet is it, really?");
  });

  it("leaves comments under it out", () => {
    const comments = Array.from(
      { length: 6 },
      (_, i) => `<li class="comment"><p>${prose(20 + i)}</p></li>`,
    ).join("");
    const html = articlePage(`<p>${prose(5)}</p><p>${prose(6)}</p>`).replace(
      "</article>",
      `</article><section id="comments"><h2>Comments</h2><ol class="commentlist">${comments}</ol></section>`,
    );
    expect(blocksText(readFixture(html).document.blocks)).not.toContain("Paragraph 20");
  });

  it("gives the same text the same ids when something else on the page changes", () => {
    const before = readFixture(articlePage(`<p>${prose(5)}</p>`)).document.blocks;
    const after = readFixture(
      articlePage(
        `<p>A new sentence was put in here, which pushes the others down the page.</p><p>${prose(5)}</p>`,
      ),
    ).document.blocks;
    expect(after.map((block) => block.id)).toEqual(expect.arrayContaining(before.map((block) => block.id)));
  });
});
