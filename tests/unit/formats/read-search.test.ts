import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { readSearch } from "#lib/node/reader/formats/read-search.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const JSON_TEMPLATE = "https://search.example.com/search?q={query}&format=json";
const HTML_TEMPLATE = "https://find.example.com/?q={query}";

function search(body: string, { query = "cats", template = HTML_TEMPLATE, contentType = "text/html" } = {}) {
  const url = template.replace("{query}", encodeURIComponent(query));
  return readSearch({ ...readingInput(body, { url, contentType }), query, template });
}
const searx = (body: object, options = {}) =>
  search(JSON.stringify(body), { template: JSON_TEMPLATE, contentType: "application/json", ...options });
const outline = (reading: ReturnType<typeof search>) => outlineBlocks(reading.document.blocks);

describe("readSearch, JSON of SearXNG", () => {
  test("results are cards with clean addresses, each page once", () => {
    const reading = searx({
      query: "cats",
      results: [
        {
          url: "https://a.example.org/x?utm_source=s&id=1",
          title: "A &amp; <b>cat</b>",
          content: "About\ncats",
          thumbnail: "https://img.example.org/t.jpg",
        },
        { url: "http://www.a.example.org/x/?id=1", title: "again" },
        { url: "http://a.example.org/x?id=1", title: "again, without www" },
        { url: "javascript:alert(1)", title: "no" },
        { title: "no address" },
        { url: "https://b.example.org/", title: "", content: null, publishedDate: "2026-03-04T00:00:00" },
      ],
    });
    expect(outline(reading)).toEqual([
      "card A & cat <https://a.example.org/x?id=1> About cats",
      "card again <http://www.a.example.org/x/?id=1> ",
      "card b.example.org <https://b.example.org/> 2026-03-04",
      "p [More results](https://search.example.com/search?q=cats&pageno=2)",
    ]);
    expect(reading.media).toMatchObject([{ kind: "image", url: "https://img.example.org/t.jpg" }]);
  });

  test("the document is named by its words and is no page of the web", () => {
    const { document } = searx({ results: [{ url: "https://a.example.org/", title: "A" }] });
    expect(documentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      kind: "search",
      title: "cats",
      source: { url: "?cats", finalUrl: "https://search.example.com/search?q=cats" },
    });
  });

  test("a provider inside a private network is not named", () => {
    const { document } = searx(
      { results: [], corrections: ["cat"] },
      { template: "http://searxng:8080/search?q={query}&format=json" },
    );
    expect(document.source.finalUrl).toBe("?cats");
    expect(JSON.stringify(document)).not.toContain("searxng");
  });

  test("answers, a proposed spelling and the empty state are said in words", () => {
    expect(
      outline(
        searx({
          results: [],
          answers: ["4", { answer: "Four", url: "https://math.example.org/" }, 7],
          corrections: ["cat's"],
          infoboxes: [
            { infobox: "Cat", content: "An animal", urls: [{ url: "https://wiki.example.org/Cat" }] },
          ],
        }),
      ),
    ).toEqual([
      "p 4",
      "p Four [math.example.org](https://math.example.org/)",
      "p Cat: An animal [wiki.example.org](https://wiki.example.org/Cat)",
      "p Did you mean [{bold:cat's}](https://search.example.com/search?q=cat%27s)?",
      "p Nothing was found for “cats”.",
      "p {italic:Try fewer words, other words, or check the spelling.}",
    ]);
  });

  test("other JSON, and broken JSON, are no answer", () => {
    for (const body of ['{"error":"rate limit"}', "[1]", "{broken"]) {
      expect(() => search(body, { contentType: "application/json" })).toThrow(
        expect.objectContaining({ code: "search_unavailable" }),
      );
    }
  });
});

const nav = '<nav><a href="/about">About</a><a href="https://help.example.net/">Help</a></nav>';
const footer =
  '<footer><a href="https://social.example.net/us">Follow</a><a href="https://jobs.example.net/">Jobs</a></footer>';

describe("readSearch, HTML results pages", () => {
  test("headings with links to other sites are results, with the words in their boxes", () => {
    const item = (n: number) =>
      `<li class="b"><h2><a href="https://site${n}.example.org/page?gclid=1">Title <strong>${n}</strong></a></h2>
       <div class="attribution"><cite>site${n}.example.org › page</cite></div>
       <p>A snippet about number ${n}, with enough words to be one. <a href="https://site${n}.example.org/sub">Sub page</a></p></li>`;
    const reading = search(
      `<html><body>${nav}<ol>${[1, 2, 3].map(item).join("")}</ol>${footer}</body></html>`,
    );
    expect(outline(reading)).toEqual(
      [1, 2, 3].map(
        (n) =>
          `card Title ${n} <https://site${n}.example.org/page> A snippet about number ${n}, with enough words to be one. Sub page`,
      ),
    );
  });

  test("results behind the provider's own redirector, with the heading inside the link", () => {
    const item = (n: number) =>
      `<div class="g"><div><a href="/url?sa=t&url=${encodeURIComponent(`https://site${n}.example.org/`)}&usg=x"><h3>Title ${n}</h3><cite>https://site${n}.example.org</cite></a></div><div><span>3 days ago — </span><span>Words that describe result ${n} in a sentence.</span></div></div>`;
    expect(
      outline(search(`<body>${nav}<div id="search">${[1, 2, 3].map(item).join("")}</div>${footer}</body>`)),
    ).toEqual(
      [1, 2, 3].map(
        (n) =>
          `card Title ${n} <https://site${n}.example.org/> 3 days ago — Words that describe result ${n} in a sentence.`,
      ),
    );
  });

  test("results without headings are told by being many of one make", () => {
    const item = (n: number) =>
      `<tr><td>${n}.</td><td><a class="result-link" href="//site${n}.example.org/">A longer title of result ${n}</a></td></tr><tr><td></td><td class="result-snippet">The snippet of result ${n} says a little more.</td></tr>`;
    expect(
      outline(search(`<body>${nav}<table>${[1, 2, 3, 4].map(item).join("")}</table>${footer}</body>`)).map(
        (line) => line.replace(/ >.*$/, ""),
      ),
    ).toEqual(
      [1, 2, 3, 4].map((n) =>
        expect.stringContaining(`card A longer title of result ${n} <https://site${n}.example.org/>`),
      ),
    );
  });

  test("advertisements through the provider, hidden links and printed addresses are no results", () => {
    const item = (n: number) =>
      `<div class="r"><h2><a href="https://site${n}.example.org/">Title ${n}</a></h2><a href="https://site${n}.example.org/">https://site${n}.example.org/</a></div>`;
    const ad = '<div class="r ad"><h2><a href="/y.js?ad_provider=x&u3=abc">Buy cats</a></h2></div>';
    const hidden = '<div style="display:none"><h2><a href="https://trap.example.org/">Trap</a></h2></div>';
    expect(outline(search(`<body>${ad}${hidden}${[1, 2, 3].map(item).join("")}</body>`))).toEqual([
      "card Title 1 <https://site1.example.org/> ",
      "card Title 2 <https://site2.example.org/> ",
      "card Title 3 <https://site3.example.org/> ",
    ]);
  });

  test("a proposed spelling and the next page are found by where they lead", () => {
    const item = (n: number) => `<h2><a href="https://site${n}.example.org/">Title ${n}</a></h2>`;
    const html = `<body><p>Showing <a href="/?q=cats">cats</a>. Instead <a href="/?q=bats&x=1">bats</a>? <a href="/?q=something+else">related</a></p>${[1, 2, 3].map(item).join("")}<a href="/?q=cats&s=30">Weiter</a></body>`;
    expect(outline(search(html))).toEqual([
      "p Did you mean [{bold:bats}](https://find.example.com/?q=bats)?",
      "card Title 1 <https://site1.example.org/> ",
      "card Title 2 <https://site2.example.org/> ",
      "card Title 3 <https://site3.example.org/> ",
      "p [More results](https://find.example.com/?q=cats&s=30)",
    ]);
  });

  test("a page with no results says so", () => {
    expect(outline(search(`<body>${nav}<p>Sorry.</p>${footer}</body>`))[0]).toBe(
      "p Nothing was found for “cats”.",
    );
  });

  test("a challenge is not taken for an empty answer", () => {
    expect(() =>
      search("<body><h1>Our systems have detected unusual traffic</h1><form></form></body>"),
    ).toThrow(AppError);
  });

  test("hostile pages make bounded listings", { timeout: 60_000 }, () => {
    for (const html of [
      `<body>${'<h2><a href="https://a.example.org/1">x y</a></h2>'.repeat(50_000)}</body>`,
      `<body>${Array.from({ length: 5_000 }, (_, i) => `<h2><a href="https://a${i}.example.org/">Title ${i}</a></h2>`).join("")}</body>`,
      "<div>".repeat(100_000),
      '<a href="https://a.example.org/">'.repeat(100_000),
    ]) {
      const { document } = search(html);
      expect(document.blocks.length).toBeLessThanOrEqual(62);
    }
  });
});
