import { runsText } from "#lib/core/document/block-text.ts";
import { findTitleBlock, indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import type { Block, Document } from "#lib/protocol/document.ts";

export interface OutlineEntry {
  blockId: string;
  /** 1 is the outermost; an entry is at most one deeper than the one before it. */
  depth: number;
  text: string;
  /** Place among all blocks in reading order. */
  order: number;
}

/** Excerpt of a post in the outline, in characters. */
const POST_EXCERPT_MAX = 60;

/**
 * The document's sections: its headings; for a thread its posts, for a PDF
 * without headings its pages. Headings inside quotations belong to the text
 * that is quoted, so they are left out.
 */
export function buildOutline(document: Document): OutlineEntry[] {
  const title = findTitleBlock(document);
  const levels = normaliseHeadingLevels(document);
  const headings: OutlineEntry[] = [];
  const posts: OutlineEntry[] = [];
  const pages: OutlineEntry[] = [];
  const quoted = quotedIds(document);
  for (const { block, order } of indexDocument(document).all) {
    if (block.type === "heading" && block !== title && !quoted.has(block.id)) {
      const text = runsText(block.runs).trim();
      if (text) headings.push({ blockId: block.id, depth: (levels.get(block.id) ?? 2) - 1, text, order });
    } else if (block.type === "post") {
      posts.push({ blockId: block.id, depth: 1, text: postLabel(block), order });
    } else if (block.type === "pageBreak") {
      pages.push({ blockId: block.id, depth: 1, text: `Page ${block.page}`, order });
    }
  }
  if (document.kind === "forum" && posts.length > 1) return posts;
  return headings.length > 0 ? headings : pages;
}

/** The entry a reader is in: the last that starts at or before `order`, or null above the first. */
export function activeEntry(outline: readonly OutlineEntry[], order: number): OutlineEntry | null {
  let low = 0;
  let high = outline.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((outline[middle]?.order ?? 0) <= order) low = middle + 1;
    else high = middle;
  }
  return outline[low - 1] ?? null;
}

const levelsOf = new WeakMap<Document, ReadonlyMap<string, 2 | 3 | 4 | 5 | 6>>();

/**
 * Heading levels as they are drawn: the title is the only level 1, and no level
 * is skipped on the way down (WCAG technique G141), whatever the site used.
 */
export function normaliseHeadingLevels(document: Document): ReadonlyMap<string, 2 | 3 | 4 | 5 | 6> {
  const known = levelsOf.get(document);
  if (known) return known;
  const levels = new Map<string, 2 | 3 | 4 | 5 | 6>();
  const title = findTitleBlock(document);
  /** The site's own levels that are open, outermost first. */
  const open: number[] = [];
  for (const { block } of indexDocument(document).all) {
    if (block.type !== "heading" || block === title) continue;
    while ((open.at(-1) ?? 0) >= block.level) open.pop();
    open.push(block.level);
    levels.set(block.id, Math.min(6, open.length + 1) as 2 | 3 | 4 | 5 | 6);
  }
  levelsOf.set(document, levels);
  return levels;
}

function quotedIds(document: Document): ReadonlySet<string> {
  const ids = new Set<string>();
  const visit = (block: Block, quoted: boolean): void => {
    if (quoted) ids.add(block.id);
    if (block.type === "list") for (const item of block.items) for (const child of item) visit(child, quoted);
    else if ("blocks" in block)
      for (const child of block.blocks) visit(child, quoted || block.type === "quote");
  };
  for (const block of document.blocks) visit(block, false);
  return ids;
}

function postLabel(post: Extract<Block, { type: "post" }>): string {
  const first = post.blocks.map(ownText).find(Boolean)?.replace(/\s+/g, " ").trim() ?? "";
  const excerpt = first.length > POST_EXCERPT_MAX ? `${first.slice(0, POST_EXCERPT_MAX).trimEnd()}…` : first;
  return [post.author, excerpt].filter(Boolean).join(": ") || "Post";
}
