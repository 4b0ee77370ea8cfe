import { describe, expect, test } from "vitest";
import { readMarkdown } from "#lib/node/reader/formats/read-markdown.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const read = (text: string) =>
  readMarkdown(
    readingInput(text, { url: "https://example.com/docs/README.md", contentType: "text/markdown" }),
  );
const outline = (text: string) => outlineBlocks(read(text).document.blocks);

describe("readMarkdown", () => {
  test("reads headings, emphasis, code and links, relative ones against the file", () => {
    expect(
      outline(
        '# Title\n\nSome **bold *and italic*** `code` ~~gone~~ [page](../a.md "t") <https://b.example/> https://c.example.\nNext line  \nbroken line\n\n---\n',
      ),
    ).toEqual([
      "h1 Title",
      "p Some {bold:bold }{bold,italic:and italic} {code:code} {strike:gone} [page](https://example.com/a.md) [https://b.example/](https://b.example/) [https://c.example](https://c.example/). Next line⏎broken line",
      "separator",
    ]);
  });

  test("reads lists, tasks, quotes, code and tables", () => {
    expect(
      outline(
        "3. three\n4. four\n   - inner\n\n- [x] done\n- [ ] open\n\n> quote\n> > deeper\n\n```ts\nlet a;\n```\n\n| a | b |\n|---|:-:|\n| **1** | 2 |\n",
      ),
    ).toEqual([
      "ol3",
      " -",
      "  p three",
      " -",
      "  p four",
      "  ul",
      "   -",
      "    p inner",
      "ul",
      " -",
      "  p ☑ done",
      " -",
      "  p ☐ open",
      "quote",
      "  p quote",
      "  quote",
      "    p deeper",
      'code:ts "let a;"',
      "table",
      "  a | b",
      "  {bold:1} | 2",
    ]);
  });

  test("raw HTML is shown as text, never interpreted; comments are not shown", () => {
    expect(
      outline(
        "<script>alert(1)</script>\n\nA <b onclick=x>bold</b> word<br>next <!-- hidden -->\n\n<!-- gone -->",
      ),
    ).toEqual(['code:html "<script>alert(1)</script>"', "p A <b onclick=x>bold</b> word⏎next"]);
  });

  test("links that would run something are plain text", () => {
    expect(outline("[a](javascript:alert(1)) [b](data:text/html,x) ![c](javascript:alert(1))")).toEqual([
      "p a b c",
    ]);
  });

  test("an image is a block of its own, with its link in the caption", () => {
    const reading = read("Before ![A cat](cat.png) after\n\n[![Big](big.jpg)](https://b.example/)");
    const [cat, big] = reading.media;
    expect(reading.media.map((media) => media.url)).toEqual([
      "https://example.com/docs/cat.png",
      "https://example.com/docs/big.jpg",
    ]);
    expect(outlineBlocks(reading.document.blocks)).toEqual([
      "p Before",
      `image ${cat?.id}`,
      "p after",
      `image ${big?.id}`,
    ]);
    expect(reading.document.blocks[3]).toMatchObject({
      caption: [{ text: "Big", href: "https://b.example/" }],
    });
  });

  test("a badge is read as its words", () => {
    expect(outline("[![build](https://img.shields.io/x.svg)](https://ci.example/)")).toEqual([
      "p [build](https://ci.example/)",
    ]);
  });

  test("links to headings and footnotes lead to their blocks", () => {
    const { blocks } = read(
      "# A & B's _title_\n\nSee [top](#a--bs-title), [nowhere](#none) and a note[^n].\n\n[^n]: The *note*.\n",
    ).document;
    const [heading, paragraph, , list] = blocks;
    const noteId = list?.type === "list" ? list.items[0]?.[0]?.id : undefined;
    expect(outlineBlocks(blocks)).toEqual([
      "h1 A & B's {italic:title}",
      `p See [top](#${heading?.id}), nowhere and a note[{sup:[1]}](#${noteId}).`,
      "separator",
      "ol",
      " -",
      "  p The {italic:note}.",
    ]);
    expect(paragraph?.type).toBe("paragraph");
  });

  test("the title comes from the front matter, the first heading, or the file's name", () => {
    expect(
      read("---\ntitle: 'From front'\nauthor: Ada\ndate: 2026-02-03\ntags: [a]\n---\n# Heading").document,
    ).toMatchObject({
      kind: "markdown",
      title: "From front",
      byline: "Ada",
      publishedAt: "2026-02-03T00:00:00.000Z",
    });
    expect(read("# Heading\n\ntext").document.title).toBe("Heading");
    expect(read("text").document.title).toBe("README.md");
    expect(outline("---\nNot front matter\n---\n")).toEqual(["separator", "h2 Not front matter"]);
  });

  test("a long text in pieces reads as the whole would", () => {
    const section = (i: number) =>
      `## Part ${i}\n\nText with [a link][ref] and a note[^one].\n\n- item\n\n- item\n\n`;
    const text = `${Array.from({ length: 800 }, (_, i) => section(i)).join("")}[ref]: https://r.example/ "t"\n\n[^one]: Once.\n`;
    const { blocks } = read(text).document;
    expect(blocks.filter((block) => block.type === "heading")).toHaveLength(800);
    expect(blocks.filter((block) => block.type === "list")).toHaveLength(801);
    const lines = outlineBlocks(blocks);
    expect(
      lines.filter((line) =>
        /^p Text with \[a link\]\(https:\/\/r\.example\/\) and a note\[\{sup:\[1\]\}\]\(#/.test(line),
      ),
    ).toHaveLength(800);
    expect(lines.at(-1)).toBe("  p Once.");
  });

  test("code in a fence is never cut into Markdown", () => {
    const text = `\`\`\`\n${"# not a heading\n\n".repeat(3_000)}\`\`\`\n\nafter`;
    const lines = outline(text);
    expect(lines.filter((line) => line.startsWith("h1"))).toEqual([]);
    expect(lines.at(-1)).toBe("p after");
  });

  test("hostile nesting is read as text, quickly", { timeout: 60_000 }, () => {
    for (const text of [
      `${"> ".repeat(20_000)}a`,
      `${"- ".repeat(20_000)}a`,
      `${"1. ".repeat(20_000)}a`,
      `${"- ".repeat(100)}a\n`.repeat(1_000),
      `${"![".repeat(20_000)}a${"](b)".repeat(20_000)}`,
      "[".repeat(100_000),
      `${"*a ".repeat(10_000)}${"*".repeat(10_000)}`,
      "<!--".repeat(100_000),
      "`".repeat(100_000),
      Array.from({ length: 1_000 }, (_, i) => `${" ".repeat(i * 2)}- a`).join("\n"),
      "a\n".repeat(40_000),
      `|${"a|".repeat(5_000)}\n|${"-|".repeat(5_000)}\n`,
      "[^a]: b\n\n".repeat(5_000),
      "[a]: b\n".repeat(5_000),
    ]) {
      const { document } = read(text);
      expect(documentSchema.safeParse(document).success).toBe(true);
      expect(document.blocks.length).toBeGreaterThan(0);
    }
  });

  test("ten megabytes are cut with a note", { timeout: 60_000 }, () => {
    const { blocks } = read("word ".repeat(2_000_000)).document;
    expect(outlineBlocks(blocks.slice(-1))[0]).toMatch(/longer than Qui shows/);
  });
});
