import { describe, expect, test } from "vitest";
import { readFeed } from "#lib/node/reader/formats/read-feed.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const read = (text: string | Uint8Array, contentType = "application/rss+xml") =>
  readFeed(readingInput(text, { url: "https://blog.example.com/feed.xml", contentType }));
const outline = (text: string) => outlineBlocks(read(text).document.blocks);
const rss = (items: string, head = "") =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>My &amp; Blog</title><link>https://blog.example.com/</link><description>About &lt;b&gt;things&lt;/b&gt;</description>${head}${items}</channel></rss>`;
const LONG = `<p>${"Many words of an article. ".repeat(40)}</p>`;

describe("readFeed", () => {
  test("teasers become cards, with date, picture and address", () => {
    const reading = read(
      rss(
        `<item><title>One &lt;i&gt;two&lt;/i&gt;</title><link>/posts/1</link><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>
         <description>&lt;p&gt;A short &amp;amp; sweet teaser&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
         <media:thumbnail url="https://blog.example.com/t.jpg"/></item>`,
        "<language>en-us</language><lastBuildDate>Tue, 06 Jan 2026 00:00:00 GMT</lastBuildDate>",
      ),
    );
    expect(outlineBlocks(reading.document.blocks)).toEqual([
      "card One two <https://blog.example.com/posts/1> 2026-01-05 · A short & sweet teaser",
    ]);
    expect(reading.document.blocks[0]).toMatchObject({ media: reading.media[0]?.id });
    expect(reading.document).toMatchObject({
      kind: "feed",
      title: "My & Blog",
      excerpt: "About things",
      lang: "en-us",
      publishedAt: "2026-01-06T00:00:00.000Z",
    });
    expect(reading.feeds).toEqual([{ url: "https://blog.example.com/feed.xml", title: "My & Blog" }]);
    expect(reading.links).toEqual([
      { href: "https://blog.example.com/posts/1", text: "One two", internal: true },
    ]);
  });

  test("whole articles become a heading and their blocks, addresses resolved against the article", () => {
    const { media, document } = read(
      rss(
        `<item><title>Post</title><link>https://blog.example.com/a/post</link><dc:creator>Ada</dc:creator><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate>
         <description>teaser</description>
         <content:encoded><![CDATA[<h1>Part</h1>${LONG}<p><a href="next" onclick="x()">next</a> <a href="#n">n</a><img src="pic.png" width="600" height="400"></p>]]></content:encoded></item>`,
      ),
    );
    expect(outlineBlocks(document.blocks)).toEqual([
      "h2 [Post](https://blog.example.com/a/post)",
      "p {italic:Ada · 2026-01-05}",
      "h3 Part",
      `p ${"Many words of an article. ".repeat(40).trim()}`,
      "p [next](https://blog.example.com/a/next) n",
      `image ${media[0]?.id}`,
    ]);
    expect(media[0]?.url).toBe("https://blog.example.com/a/pic.png");
  });

  test("an episode has a player", () => {
    const { media, document } = read(
      rss(
        '<item><title>Episode 1</title><link>https://blog.example.com/e1</link><description>Talk</description><enclosure url="https://cdn.example.com/1.mp3" type="audio/mpeg" length="5"/></item>',
      ),
    );
    expect(media).toMatchObject([{ kind: "audio", url: "https://cdn.example.com/1.mp3" }]);
    expect(outlineBlocks(document.blocks)).toEqual([
      "h2 [Episode 1](https://blog.example.com/e1)",
      `video ${media[0]?.id}`,
      "p Talk",
    ]);
  });

  test("reads RSS 0.91 and RSS 1.0", () => {
    expect(
      outline(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title><item><title>I</title><link>http://a.example/</link></item></channel></rss>',
      ),
    ).toEqual(["card I <http://a.example/> "]);
    expect(
      outline(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title></channel><item rdf:about="u"><title>I</title><link>http://a.example/1</link><description>d</description></item></rdf:RDF>',
      ),
    ).toEqual(["card I <http://a.example/1> d"]);
  });

  test("reads Atom, with HTML, XHTML and plain content", () => {
    const entry = (content: string) =>
      `<entry><title type="html">T &amp;amp; U</title><link rel="self" href="https://x.example/self.xml" type="application/atom+xml"/><link href="https://x.example/1"/><id>1</id><updated>2026-01-02T03:04:05Z</updated>${content}</entry>`;
    const words = "Many words of an article. ".repeat(40).trim();
    const atom = (content: string) =>
      outline(`<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>${entry(content)}</feed>`);
    const expected = ["h2 [T & U](https://x.example/1)", "p {italic:2026-01-02}"];
    expect(atom(`<content type="html">&lt;p&gt;${words} &lt;b&gt;end&lt;/b&gt;&lt;/p&gt;</content>`)).toEqual(
      [...expected, `p ${words} {bold:end}`],
    );
    expect(
      atom(
        `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${words} <b>end</b></p></div></content>`,
      ),
    ).toEqual([...expected, `p ${words} {bold:end}`]);
    expect(atom(`<content type="text">${words} &lt;b&gt;end&lt;/b&gt;</content>`)).toEqual([
      ...expected,
      `p ${words} <b>end</b>`,
    ]);
  });

  test("reads JSON Feed", () => {
    const feed = {
      version: "https://jsonfeed.org/version/1.1",
      title: "J",
      home_page_url: "https://j.example/",
      items: [
        {
          id: "1",
          url: "https://j.example/1",
          title: "One",
          content_text: "Short",
          date_published: "2026-01-02T00:00:00Z",
        },
        { id: "2", url: "https://j.example/2", content_html: "<p>No title</p>" },
      ],
    };
    const { document } = read(JSON.stringify(feed), "application/feed+json");
    expect(outlineBlocks(document.blocks)).toEqual([
      "card One <https://j.example/1> 2026-01-02 · Short",
      "card No title <https://j.example/2> No title",
    ]);
  });

  test("a feed in another encoding is decoded by its declaration", () => {
    const text = rss("<item><title>Été</title><link>https://a.example/</link></item>").replace(
      '"1.0"?>',
      '"1.0" encoding="iso-8859-1"?>',
    );
    expect(outlineBlocks(read(Buffer.from(text, "latin1")).document.blocks)).toEqual([
      "card Été <https://a.example/> ",
    ]);
  });

  test("an item whose address would run something has no link", () => {
    expect(
      outline(
        rss("<item><title>X</title><link>javascript:alert(1)</link><description>d</description></item>"),
      ),
    ).toEqual(["h2 X", "p d"]);
  });

  test("an empty feed says so", () => {
    expect(outline(rss(""))).toEqual(["p {italic:This feed has no items at the moment.}"]);
  });

  test("a broken feed is shown as its source", () => {
    expect(outline('<rss version="2.0"><channel><title>T</title><item><title>x')[0]).toBe(
      "p {italic:This could not be read as a feed, so its source is shown.}",
    );
  });

  test("no entity is expanded: neither a bomb's nor one that names a file", () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ""};`.repeat(10)}">`).join("")}]>${rss("<item><title>&lol9;</title><link>https://a.example/</link></item>").replace(/^<\?xml[^>]*>/, "")}`;
    expect(outline(bomb)).toEqual(["card &lol9; <https://a.example/> "]);
    const external = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>T</title><item><title>&x;</title><link>https://a.example/</link></item></channel></rss>`;
    expect(outline(external)).toEqual(["card &x; <https://a.example/> "]);
  });

  test("hostile feeds of megabytes make bounded documents", { timeout: 60_000 }, () => {
    for (const text of [
      rss("<a>".repeat(100_000)),
      rss(`<item>${"<a>".repeat(20_000)}${"</a>".repeat(20_000)}</item>`),
      rss("<item><title>x</title><link>https://a.example/</link></item>".repeat(20_000)),
      rss(`<item ${Array.from({ length: 20_000 }, (_, i) => `a${i}="x"`).join(" ")}/>`),
      rss(`<item><title>${"&amp;".repeat(200_000)}</title></item>`),
      rss("<".repeat(100_000)),
      rss("<![CDATA[".repeat(50_000)),
      rss("<!--".repeat(50_000)),
      rss(
        `<item><link>https://a.example/</link><description>${"&lt;div&gt;".repeat(100_000)}</description></item>`,
      ),
      `<!DOCTYPE ${"[".repeat(100_000)}`,
      "{".repeat(100_000),
    ]) {
      const { document } = read(text);
      expect(documentSchema.safeParse(document).success).toBe(true);
      expect(document.blocks.length).toBeLessThanOrEqual(10_000);
    }
  });
});
