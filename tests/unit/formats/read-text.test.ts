import { describe, expect, test } from "vitest";
import { readText } from "#lib/node/reader/formats/read-text.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const outline = (text: string, options?: Parameters<typeof readingInput>[1]) =>
  outlineBlocks(readText(readingInput(text, options)).document.blocks);

const WRAPPED = `It was the best of times, it was the worst of times, it was the age of
wisdom, it was the age of foolishness, it was the epoch of belief, it was
the epoch of incredulity.`;

describe("readText", () => {
  test("joins lines that were wrapped by hand, and keeps paragraphs apart", () => {
    expect(outline(`${WRAPPED}\r\n\r\n${WRAPPED}`)).toEqual([
      `p ${WRAPPED.replaceAll("\n", " ")}`,
      `p ${WRAPPED.replaceAll("\n", " ")}`,
    ]);
  });

  test("keeps the lines of an address or a verse", () => {
    expect(outline("Shall I compare thee\nto a summer's day?\nThou art")).toEqual([
      "p Shall I compare thee⏎to a summer's day?⏎Thou art",
    ]);
  });

  test("paragraphs indented by one measure are prose", () => {
    const rfc = WRAPPED.split("\n")
      .map((line) => `   ${line}`)
      .join("\n");
    expect(outline(rfc)).toEqual([`p ${WRAPPED.replaceAll("\n", " ")}`]);
  });

  test("recognises headings, lists, quotes, rules and listings", () => {
    expect(
      outline(`The Title
=========

INTRODUCTION

First words.

- one
- two
  goes on
- three

3) third
4) fourth

> said he
> and she

-----

    if (a) {
      b();
    }

Name      Size    Date
a.txt     12      today
b.txt     7       now`),
    ).toEqual([
      "h1 The Title",
      "h2 INTRODUCTION",
      "p First words.",
      "ul",
      " -",
      "  p one",
      " -",
      "  p two goes on",
      " -",
      "  p three",
      "ol3",
      " -",
      "  p third",
      " -",
      "  p fourth",
      "quote",
      "  p said he⏎and she",
      "separator",
      'code "    if (a) {\\n      b();\\n    }\\n\\nName      Size    Date\\na.txt     12      today\\nb.txt     7       now"',
    ]);
  });

  test("links addresses without the punctuation after them", () => {
    expect(
      outline("See https://en.wikipedia.org/wiki/A_(b), (https://a.example/x). Not javascript:alert(1)."),
    ).toEqual([
      "p See [https://en.wikipedia.org/wiki/A_(b)](https://en.wikipedia.org/wiki/A_(b)), ([https://a.example/x](https://a.example/x)). Not javascript:alert(1).",
    ]);
    expect(outline("http://user:pass@a.example/")).toEqual(["p http://user:pass@a.example/"]);
  });

  test("markup is text, never interpreted", () => {
    expect(outline("<script>alert(1)</script> <b>bold</b>")).toEqual([
      "p <script>alert(1)</script> <b>bold</b>",
    ]);
  });

  test("source code keeps its lines and says its language", () => {
    expect(outline("let a = 1;\n\nlet b = 2;\n", { url: "https://example.com/a.ts" })).toEqual([
      'code:typescript "let a = 1;\\n\\nlet b = 2;"',
    ]);
    expect(outline("body {}", { contentType: "text/css" })).toEqual(['code:css "body {}"']);
    expect(outline('<?xml version="1.0"?><a/>', { contentType: "application/xml" })[0]).toMatch(/^code:xml /);
  });

  test("CSV becomes a table, with quotes, line breaks and links inside fields", () => {
    const csv = 'name,site,note\n"Smith, J.",https://a.example/,"says ""hi""\nthere"\nB,,\n';
    expect(outline(csv, { contentType: "text/csv" })).toEqual([
      "table",
      "  name | site | note",
      '  Smith, J. | [https://a.example/](https://a.example/) | says "hi"⏎there',
      "  B |  | ",
    ]);
    expect(outline("a;b\n1,5;2\n", { url: "https://example.com/x.csv" })).toEqual([
      "table",
      "  a | b",
      "  1,5 | 2",
    ]);
    expect(outline("a\tb\n1\t2\n", { url: "https://example.com/x.tsv" })[0]).toBe("table");
  });

  test("CSV that is not regular is shown as it came", () => {
    expect(outline("a,b\n1\n2,3,4\n5", { contentType: "text/csv" })).toEqual(['code "a,b\\n1\\n2,3,4\\n5"']);
  });

  test("terminal colours and control characters are left out", () => {
    expect(outline("\u001b[31mred\u001b[0m \u0000and\u0007 plain")).toEqual(["p red and plain"]);
  });

  test("an empty file says so", () => {
    expect(outline("  \n")).toEqual(["p {italic:This file is empty.}"]);
  });

  test("the document is complete: title, site, language direction, words, links", () => {
    const reading = readText(readingInput("שלום עולם https://example.com/a https://other.example/"));
    expect(documentSchema.parse(reading.document)).toEqual(reading.document);
    expect(reading.document).toMatchObject({
      kind: "text",
      title: "file.txt",
      siteName: "example.com",
      dir: "rtl",
    });
    expect(reading.links).toEqual([
      { href: "https://example.com/a", text: "https://example.com/a", internal: true },
      { href: "https://other.example/", text: "https://other.example/", internal: false },
    ]);
  });

  test("ten megabytes of any shape are cut with a note, in pieces a renderer can take", {
    timeout: 60_000,
  }, () => {
    for (const body of [
      "word ".repeat(2_000_000),
      "a".repeat(10_000_000),
      "x\n".repeat(5_000_000),
      "line of text\n\n".repeat(700_000),
      "> ".repeat(5_000_000),
      "    code\n".repeat(1_200_000),
      "- item\n".repeat(1_400_000),
      "a,b\n".repeat(2_500_000),
    ]) {
      const { document } = readText(readingInput(body));
      expect(outlineBlocks(document.blocks.slice(-1))[0]).toMatch(/longer than Qui shows/);
      expect(document.blocks.length).toBeLessThanOrEqual(10_001);
      for (const block of document.blocks) {
        if (block.type === "paragraph") expect(block.runs[0]?.text.length).toBeLessThanOrEqual(8_000);
      }
    }
  });
});
