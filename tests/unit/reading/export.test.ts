import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { exportMarkdown } from "#lib/core/reading/export-markdown.ts";
import { exportText, suggestFileName } from "#lib/core/reading/export-text.ts";
import type { Block, Run } from "#lib/protocol/document.ts";
import { block, heading, makeDocument, makePage, paragraph, runs } from "../../fixtures/make-document.ts";

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  [field: string]: unknown;
}

function bodyOf(blocks: Block[]): string {
  const markdown = exportMarkdown(makePage(makeDocument(blocks), { media: [] }));
  return markdown.split("\n\n").slice(2).join("\n\n").trimEnd();
}

/** What a GitHub Flavored Markdown parser makes of an exported body. */
function parse(blocks: Block[]): Node[] {
  const tree = fromMarkdown(bodyOf(blocks), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return tree.children as unknown as Node[];
}

function textOf(node: Node): string {
  if (node.type === "html") return "";
  return node.value ?? (node.children ?? []).map(textOf).join("");
}

describe("exportMarkdown", () => {
  it("starts with title, facts and the page's own address", () => {
    const document = makeDocument([heading(1, "Cats & *dogs*"), paragraph("Hi.")], {
      title: "Cats & *dogs*",
      byline: "Ada",
      siteName: "Example",
      publishedAt: "2026-01-02T03:04:05Z",
    });
    expect(exportMarkdown(makePage(document))).toBe(
      "# Cats & \\*dogs\\*\n\nAda · Example · 2026-01-02 · <https://example.org/a>\n\nHi.\n",
    );
  });

  it.each([
    "1. not a list",
    "# not a heading",
    "- not an item",
    "+ not an item",
    "a * b * c",
    "snake_case and _emphasis_",
    "[link](x) ![image](y)",
    "`code` and ``more``",
    "<b>html</b> &amp; &#42;",
    "back\\slash \\* end",
    "~~strike~~ | pipe",
    "> not a quote",
    "===",
    "---",
  ])("keeps %j as the plain text it is", (text) => {
    const nodes = parse([paragraph(text)]);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]?.type).toBe("paragraph");
    expect(nodes[0]?.children?.map(({ type }) => type)).toEqual(["text"]);
    expect(nodes[0] && textOf(nodes[0])).toBe(text);
  });

  it("nests marks and keeps spaces outside them", () => {
    const mixed: Run[] = [
      { text: "plain " },
      { text: "bold ", marks: ["bold"] },
      { text: "both", marks: ["bold", "italic"] },
      { text: " end" },
    ];
    expect(bodyOf([block({ type: "paragraph", runs: mixed })])).toBe("plain **bold *both*** end");
  });

  it("writes tags where delimiters would not be read as emphasis", () => {
    const awkward: Run[] = [{ text: "a" }, { text: "(b)", marks: ["bold"] }, { text: "c" }];
    expect(bodyOf([block({ type: "paragraph", runs: awkward })])).toBe("a<strong>(b)</strong>c");
  });

  it("makes one link of neighbouring runs and drops links inside the page", () => {
    const linked: Run[] = [
      { text: "see ", href: "https://example.org/(x)" },
      { text: "this", marks: ["bold"], href: "https://example.org/(x)" },
      { text: " note", href: "#abc" },
    ];
    expect(bodyOf([block({ type: "paragraph", runs: linked })])).toBe(
      "[see **this**](<https://example.org/(x)>) note",
    );
  });

  it("fences code longer than the backticks inside it", () => {
    const [node] = parse([block({ type: "code", text: "```js\nx\n```", language: "md" })]);
    expect(node).toMatchObject({ type: "code", lang: "md", value: "```js\nx\n```" });
    const [inline] = parse([block({ type: "paragraph", runs: runs("`a` ``b", ["code"]) })]);
    expect(inline?.children?.[0]).toMatchObject({ type: "inlineCode", value: "`a` ``b" });
  });

  it("keeps nested lists, their numbers and blocks inside items", () => {
    const [list] = parse([
      block({
        type: "list",
        ordered: true,
        start: 9,
        items: [
          [paragraph("nine"), block({ type: "list", ordered: false, items: [[paragraph("inner")]] })],
          [paragraph("ten"), block({ type: "code", text: "x\n\n  y" })],
        ],
      }),
    ]);
    expect(list).toMatchObject({ type: "list", ordered: true, start: 9 });
    expect(list?.children?.[0]?.children?.[1]).toMatchObject({ type: "list", ordered: false });
    expect(list?.children?.[1]?.children?.[1]).toMatchObject({ type: "code", value: "x\n\n  y" });
  });

  it("keeps two lists in a row apart", () => {
    const list = (text: string) => block({ type: "list", ordered: false, items: [[paragraph(text)]] });
    expect(parse([list("a"), list("b"), list("c")]).map(({ type }) => type)).toEqual([
      "list",
      "list",
      "list",
    ]);
  });

  it("writes tables with pipes escaped, spans filled and a caption above", () => {
    const nodes = parse([
      block({
        type: "table",
        caption: "Sizes",
        header: [{ runs: runs("a|b"), colSpan: 2 }],
        rows: [[{ runs: runs("1") }, { runs: runs("line\nfeed") }], [{ runs: runs("2") }]],
      }),
    ]);
    expect(nodes.map(({ type }) => type)).toEqual(["paragraph", "table"]);
    expect(nodes[1]?.children?.map((row) => row.children?.map(textOf))).toEqual([
      ["a|b", ""],
      ["1", "line feed"],
      ["2", ""],
    ]);
  });

  it("points pictures at the site, not at this server", () => {
    const media = { id: "m", kind: "image", src: "/api/media?x", width: 1, height: 1, alt: "" } as const;
    const document = makeDocument([
      block({ type: "image", media: "m", alt: "A [cat]", caption: runs("It sits") }),
      block({ type: "image", media: "gone", alt: "Lost", caption: [] }),
    ]);
    expect(
      exportMarkdown(makePage(document, { media: [{ ...media, url: "https://example.org/c.png" }] })),
    ).toContain("![A \\[cat\\]](https://example.org/c.png)\n\n*It sits*\n");
  });

  it("writes cards as one list of links, posts under their author", () => {
    const card = (title: string) =>
      block({ type: "card", href: "https://example.org/x", title, text: "Some\ntext" });
    expect(bodyOf([card("One"), card("Two")])).toBe(
      "- [One](https://example.org/x): Some text\n- [Two](https://example.org/x): Some text",
    );
    expect(
      bodyOf([
        block({
          type: "post",
          author: "Ada",
          publishedAt: "2026-01-02T00:00:00Z",
          blocks: [paragraph("Hi")],
        }),
      ]),
    ).toBe("**Ada · 2026-01-02**\n\nHi\n\n---");
  });
});

describe("exportText", () => {
  it("writes structure with plain signs", () => {
    const document = makeDocument(
      [
        heading(2, "Part"),
        block({
          type: "list",
          ordered: true,
          items: [[paragraph("one"), paragraph("more")], [paragraph("two")]],
        }),
        block({ type: "quote", blocks: [paragraph("said")], cite: "Ada" }),
        block({ type: "image", media: "m", alt: "A cat", caption: [] }),
      ],
      { byline: "Ada" },
    );
    expect(exportText(document)).toBe(
      "A title\nAda\nhttps://example.org/a\n\nPart\n\n1. one\n\n   more\n2. two\n\n> said\n> — Ada\n\n[Image: A cat]\n",
    );
  });
});

describe("suggestFileName", () => {
  it.each([
    ["What? A/B: <test>", "What A B test.md"],
    ["../../etc/passwd", "etc passwd.md"],
    ["\u202egnp.exe", "gnp.exe.md"],
    ["   ", "page.md"],
    ["日本語のタイトル", "日本語のタイトル.md"],
  ])("makes a safe name of %j", (title, name) => {
    expect(suggestFileName(makeDocument([], { title }), "md")).toBe(name);
  });

  it("shortens by characters, not inside one", () => {
    expect(suggestFileName(makeDocument([], { title: "😀".repeat(150) }), "txt")).toBe(
      `${"😀".repeat(100)}.txt`,
    );
  });
});
