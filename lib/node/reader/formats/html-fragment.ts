import { buildBlocks, newBudget } from "#lib/node/reader/html/block-builder.ts";
import { markHidden } from "#lib/node/reader/html/mark-hidden.ts";
import type { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { plainText } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import { parseHtml } from "#lib/node/reader/html/parse-html.ts";
import { resolveAnchors } from "#lib/node/reader/html/resolve-anchors.ts";
import type { Block } from "#lib/protocol/document.ts";

/**
 * HTML that somebody put inside another format (a feed's item), as blocks. The
 * same rules hold as for a page; links within the fragment lead nowhere here, so
 * they are plain text.
 */
export function htmlFragmentBlocks(
  html: string,
  { urls, media }: { urls: PageUrls; media: MediaRegistry },
): Block[] {
  const { body } = parseHtml(html);
  markHidden(body);
  const blocks = buildBlocks(body, {
    urls,
    media,
    skip: new Set(),
    replace: new Map(),
    anchors: new Map(),
    pendingAnchors: [],
    budget: newBudget(),
  });
  resolveAnchors(blocks, new Map());
  return blocks;
}

/** The words of a scrap of HTML, or of plain text, on one line. */
export function htmlToText(html: string, unitsMax: number): string {
  return plainText(parseHtml(html.slice(0, unitsMax * 20)).body, unitsMax)
    .slice(0, unitsMax)
    .toWellFormed();
}
