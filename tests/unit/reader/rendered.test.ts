import { expect, it } from "vitest";
import { blocksText } from "#lib/core/document/block-text.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import { prose } from "../../fixtures/reader/read-fixture.ts";

const url = "https://app.example.org/notes";
const read = (html: string, rendered?: { isCut: boolean }) =>
  readHtml({
    html,
    url,
    finalUrl: url,
    fetchedAt: "2026-11-20T10:00:00.000Z",
    ...(rendered ? { rendered } : {}),
  });

it("names that mean hidden elsewhere hide nothing in what a browser has shown", () => {
  const html = `<title>Notes</title><main><h1>Notes</h1><p>${prose(1)}</p><p>${prose(2)}</p>
    <section class="is-hidden"><p>Shown after all. ${prose(3)}</p></section></main>`;
  expect(blocksText(read(html).document.blocks)).not.toContain("Shown after all");
  expect(blocksText(read(html, { isCut: false }).document.blocks)).toContain("Shown after all");
});

it("a page that a browser has shown needs no live panel, however little it says", () => {
  const html = '<title>Notes</title><div id="root"></div><script src="/app.js"></script>';
  expect(read(html).needsLive).toBe(true);
  expect(read(html, { isCut: false }).needsLive).toBe(false);
});

it("a reading whose end is missing says so", () => {
  const html = `<title>Notes</title><main><p>${prose(1)}</p></main>`;
  expect(blocksText(read(html, { isCut: true }).document.blocks)).toMatch(/only its beginning\.\s*$/);
  expect(blocksText(read(html, { isCut: false }).document.blocks)).not.toMatch(/only its beginning/);
});
