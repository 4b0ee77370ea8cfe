import { blocksText, countWords } from "#lib/core/document/block-text.ts";
import { hashText, identifyBlocks } from "#lib/core/document/identify-blocks.ts";
import { collectLinks } from "#lib/node/reader/formats/collect-links.ts";
import { textDirection } from "#lib/node/reader/formats/text-direction.ts";
import type { Reading, ReadingInput, ReadingMedia } from "#lib/node/reader/reading.ts";
import type { Block, Document, DocumentKind } from "#lib/protocol/document.ts";

export interface ReadingParts {
  kind: DocumentKind;
  title: string;
  /** Without ids; they are given here. */
  blocks: Block[];
  byline?: string | null;
  siteName?: string | null;
  lang?: string | null;
  publishedAt?: string | null;
  excerpt?: string | null;
  media?: ReadingMedia[];
  iconUrl?: string | null;
  feeds?: Reading["feeds"];
}

const EXCERPT_UNITS_MAX = 300;

/** A reading of any format but HTML: what its reader found, completed with ids, counts and links. */
export function createReading(
  input: Omit<ReadingInput, "bytes" | "contentType">,
  parts: ReadingParts,
): Reading {
  const blocks = identifyBlocks(parts.blocks);
  const text = blocksText(blocks);
  const document: Document = {
    id: `d${hashText(input.finalUrl)}`,
    kind: parts.kind,
    source: { url: input.url, finalUrl: input.finalUrl, canonicalUrl: null, fetchedAt: input.fetchedAt },
    title: parts.title,
    byline: parts.byline ?? null,
    siteName: parts.siteName ?? siteNameOf(input.finalUrl),
    lang: parts.lang ?? null,
    dir: textDirection(text),
    publishedAt: parts.publishedAt ?? null,
    excerpt: parts.excerpt ?? firstSentences(blocks),
    wordCount: countWords(text),
    blocks,
  };
  return {
    document,
    links: collectLinks(blocks, input.finalUrl),
    media: parts.media ?? [],
    needsLive: false,
    iconUrl: parts.iconUrl ?? null,
    references: [],
    feeds: parts.feeds ?? [],
  };
}

/** The last part of the path as a person would name the file; the host where there is none. */
export function fileNameOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, hostname } = new URL(url);
  const name = pathname.split("/").filter(Boolean).at(-1);
  if (!name) return hostname;
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // A stray percent sign: the name is taken as it stands.
  }
}

function siteNameOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : null;
}

function firstSentences(blocks: readonly Block[]): string | null {
  const first = blocks.find((block) => block.type === "paragraph");
  const text = first ? blocksText([first]).replace(/\s+/g, " ").trim() : "";
  if (text === "") return null;
  if (text.length <= EXCERPT_UNITS_MAX) return text;
  return `${text.slice(0, EXCERPT_UNITS_MAX).replace(/\s+\S*$/, "")}…`;
}
