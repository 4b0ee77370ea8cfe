import { identifyBlocks } from "#lib/core/document/identify-blocks.ts";
import type { Block, Document, Run } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

type Unidentified<Kind> = Kind extends Block ? Omit<Kind, "id"> : never;

/** A block whose id `makeDocument` fills in. */
export function block(fields: Unidentified<Block>): Block {
  return { id: "", ...fields } as Block;
}

export function runs(text: string, marks?: Run["marks"], href?: string): Run[] {
  return [{ text, ...(marks ? { marks } : {}), ...(href ? { href } : {}) }];
}

export const paragraph = (text: string): Block => block({ type: "paragraph", runs: runs(text) });
export const heading = (level: 1 | 2 | 3 | 4 | 5 | 6, text: string): Block =>
  block({ type: "heading", level, runs: runs(text) });

export function makeDocument(blocks: Block[], fields: Partial<Document> = {}): Document {
  return {
    id: "doc",
    kind: "article",
    source: {
      url: "https://example.org/a",
      finalUrl: "https://example.org/a",
      canonicalUrl: null,
      fetchedAt: "2026-11-20T10:00:00.000Z",
    },
    title: "A title",
    byline: null,
    siteName: null,
    lang: "en",
    dir: "ltr",
    publishedAt: null,
    excerpt: null,
    wordCount: 100,
    blocks: identifyBlocks(blocks),
    ...fields,
  };
}

export function makePage(document: Document, fields: Partial<Page> = {}): Page {
  return {
    document,
    links: [],
    media: [],
    trackers: { level: "standard", count: 0, entities: [], strippedParameters: 0 },
    needsLive: false,
    icon: null,
    cache: "miss",
    ...fields,
  };
}
