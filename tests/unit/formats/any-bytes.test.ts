import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { readFeed } from "#lib/node/reader/formats/read-feed.ts";
import { readImage } from "#lib/node/reader/formats/read-image.ts";
import { readJson } from "#lib/node/reader/formats/read-json.ts";
import { readMarkdown } from "#lib/node/reader/formats/read-markdown.ts";
import { readPdf } from "#lib/node/reader/formats/read-pdf.ts";
import { readSearch } from "#lib/node/reader/formats/read-search.ts";
import { readText } from "#lib/node/reader/formats/read-text.ts";
import { sniffKind } from "#lib/node/reader/formats/sniff-kind.ts";
import type { ReadingInput } from "#lib/node/reader/reading.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { buildPdf, showText } from "./build-pdf.ts";
import { readingInput } from "./reading-input.ts";

const ROUNDS = 150;

/** The same numbers every time (mulberry32), so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SAMPLES = [
  '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><item><title>A &amp; B</title><link>https://a.example/</link><description><![CDATA[<p>x</p>]]></description><media:content url="https://a.example/i.jpg"/></item></channel></rss>',
  '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>E</title><link href="https://a.example/"/><content type="xhtml"><div><p>x</p></div></content></entry></feed>',
  '{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":null,"content_html":"<b>x</b>"}],"a":[{"b":1},{"b":[2,{"c":"\\u00e9"}]}]}',
  '{"results":[{"url":"https://a.example/","title":"A","content":null},{"url":5}],"answers":[{}],"corrections":["x"]}',
  "---\ntitle: T\n---\n# H\n\n> - a **b** [c][d]\n>   1. `e`\n\n| a | b |\n|---|---|\n| ![x](y) | [^1] |\n\n[d]: /x\n[^1]: note\n<b>raw</b>\n```js\nx\n```\n",
  'TITLE\n=====\n\n- a\n- b\n\n    code\n\na,b\n"c""",d\n> q\nhttps://a.example/(x).\n\u001b[31mred',
  '<html><meta charset=koi8-r><body><h2><a href="https://a.example/">Title</a></h2><p>words of a snippet here</p></body></html>',
];

/** Cuts, repeats, overwrites and swaps pieces of a good body. */
function mutate(good: Uint8Array, random: () => number): Uint8Array {
  let bytes = Buffer.from(good);
  const at = () => Math.floor(random() * (bytes.length + 1));
  for (let i = Math.floor(random() * 6); i >= 0; i--) {
    const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const piece = bytes.subarray(from, to);
    const choice = random();
    if (choice < 0.25) bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    else if (choice < 0.5) bytes = Buffer.concat([bytes.subarray(0, to), piece, piece, bytes.subarray(to)]);
    else if (choice < 0.75) bytes = Buffer.concat([bytes.subarray(to), piece, bytes.subarray(0, from)]);
    else
      for (let k = 0; k < 8 && bytes.length > 0; k++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return bytes;
}

const readers: Record<string, (input: ReadingInput) => unknown> = {
  feed: readFeed,
  json: readJson,
  markdown: readMarkdown,
  text: readText,
  image: readImage,
  search: (input) => readSearch({ ...input, query: "x", template: "https://s.example.com/?q={query}" }),
};

describe("whatever the bytes", () => {
  test.each(Object.keys(readers))(
    "the %s reader makes a valid document or states what is wrong",
    { timeout: 60_000 },
    (name) => {
      const random = randomFrom(name.length * 7919);
      for (let round = 0; round < ROUNDS; round++) {
        const sample = SAMPLES[Math.floor(random() * SAMPLES.length)] ?? "";
        const bytes = mutate(Buffer.from(sample), random);
        const contentType = random() < 0.5 ? "application/json" : "text/html; charset=utf-8";
        try {
          const reading = readers[name]?.(readingInput(bytes, { contentType })) as { document: unknown };
          expect(documentSchema.safeParse(reading.document).error, bytes.toString()).toBeUndefined();
        } catch (error) {
          expect(error, Buffer.from(bytes).toString()).toBeInstanceOf(AppError);
        }
      }
    },
  );

  test("the PDF reader makes a valid document or states what is wrong", { timeout: 60_000 }, async () => {
    const random = randomFrom(42);
    const good = buildPdf({
      pages: [
        showText([
          [20, 72, 700, "Title"],
          [11, 72, 650, "Some words."],
        ]),
      ],
      info: "/Title(T)",
    });
    for (let round = 0; round < 60; round++) {
      try {
        const { document } = await readPdf(readingInput(mutate(good, random)));
        expect(documentSchema.safeParse(document).error).toBeUndefined();
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }
  });

  test("decoding and sniffing never fail", () => {
    const random = randomFrom(7);
    for (let round = 0; round < 500; round++) {
      const bytes = Buffer.from(
        Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256)),
      );
      const contentType =
        ["", "text/html; charset=utf-16", "text/plain; charset=gbk", ";;;=", "application/pdf"][round % 5] ??
        "";
      for (const kind of ["html", "xml", "text"] as const) {
        expect(decodeText(bytes, { contentType, kind }).text.isWellFormed()).toBe(true);
      }
      expect(sniffKind({ bytes, contentType, url: "https://a.example/%" })).toMatch(/^[a-z]+$/);
    }
  });
});
