import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppError } from "#lib/core/errors/app-error.ts";
import { createReaderPool, type ReaderPool } from "#lib/node/reader/pool/reader-pool.ts";
import { type Page, pageSchema } from "#lib/protocol/pages.ts";
import { buildPdf, deflateBomb, showText } from "../../unit/formats/build-pdf.ts";

let pool: ReaderPool;
beforeAll(async () => {
  pool = createReaderPool({ size: 1, timeoutMs: 30_000, memoryMbMax: 512, queueMax: 10 });
  await pool.warmUp();
});
afterAll(() => pool.close());

async function read(body: string | Uint8Array, contentType: string | null, path = "/file"): Promise<Page> {
  const url = `https://example.com${path}`;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const input = {
    bytes,
    contentType,
    url,
    finalUrl: url,
    fetchedAt: "2026-01-01T00:00:00.000Z",
    level: "strict" as const,
  };
  const page = await pool.read({ kind: "page", input });
  return pageSchema.parse(JSON.parse(`${Buffer.from(page.body).toString()},"cache":"miss"}`));
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("every format, read in a worker thread", () => {
  it.each([
    [
      "feed",
      '<rss version="2.0"><channel><title>F</title><item><title>I</title><link>https://a.example/?utm_source=x</link></item></channel></rss>',
      "application/rss+xml",
      "F",
    ],
    ["json", '[{"a":1},{"a":2}]', "application/json", "file"],
    ["markdown", "# Heading\n\nText", "text/markdown", "Heading"],
    ["text", "Plain words.", "text/plain", "file"],
    ["image", PNG, "image/png", "file"],
    [
      "pdf",
      buildPdf({ pages: [showText([[12, 72, 700, "Words of a page."]])], info: "/Title(Paper)" }),
      "application/pdf",
      "Paper",
    ],
    [
      "article",
      "<!doctype html><title>T</title><article><h1>T</h1><p>Words of a page.</p></article>",
      "text/html",
      "T",
    ],
  ] as const)("%s", async (kind, body, contentType, title) => {
    const { document } = await read(body, contentType);
    expect(document.title).toBe(title);
    expect(document.blocks.length).toBeGreaterThan(0);
    if (kind !== "article") expect(document.kind).toBe(kind);
  });

  it("cleans the links of every format, and signs its media", async () => {
    const page = await read(
      "[a](https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F%3Ffbclid%3D1) ![p](https://img.example/p.png) ![t](https://ad.doubleclick.net/p.gif)",
      "text/markdown",
    );
    expect(page.links).toEqual([{ href: "https://a.example/", text: "a", internal: false }]);
    expect(page.trackers.strippedParameters).toBe(1);
    expect(page.media.map(({ url }) => url)).toEqual(["https://img.example/p.png"]);
    expect(page.media[0]?.src).toMatch(/^\/api\/media\?/);
  });

  it("answers with the code of what is wrong, and the worker goes on", async () => {
    const codeOf = (page: Promise<unknown>) =>
      page.then(
        () => "read",
        (error: AppError) => error.code,
      );
    expect(await codeOf(read(Buffer.from("PK\x03\x04\0\0", "latin1"), "application/zip"))).toBe(
      "unsupported_type",
    );
    expect(await codeOf(read("%PDF-1.7 broken", "application/pdf"))).toBe("bad_response");
    expect(await codeOf(read("fine", "text/plain"))).toBe("read");
    expect(pool.stats().crashes).toBe(0);
  });

  it("a PDF that unfolds to a gigabyte costs its own page and nobody else", async () => {
    const bytes = buildPdf({
      pages: [{ data: deflateBomb(1024), filter: "/FlateDecode" }, showText([[12, 72, 700, "Still here."]])],
    });
    const { document } = await read(bytes, "application/pdf");
    expect(document.blocks.at(-1)).toMatchObject({ type: "paragraph", runs: [{ text: "Still here." }] });
    expect(pool.stats().crashes).toBe(0);
    expect(process.memoryUsage().rss).toBeLessThan(1_500_000_000);
  });
});
