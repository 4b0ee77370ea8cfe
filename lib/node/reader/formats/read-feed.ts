import { parseFeed } from "feedsmith";
import { codeBlocks } from "#lib/node/reader/formats/code-blocks.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { type FeedFacts, type FeedItem, feedFacts } from "#lib/node/reader/formats/feed-items.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { htmlFragmentBlocks, htmlToText } from "#lib/node/reader/formats/html-fragment.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import { textBlocks } from "#lib/node/reader/formats/text-blocks.ts";
import { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { createPageUrls, type PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { Reading, ReadingInput, ReadingMedia } from "#lib/node/reader/reading.ts";
import type { Block, Run } from "#lib/protocol/document.ts";

/** Items shown with their whole text; later ones are cards. */
const FULL_ITEMS_MAX = 30;
/** Shorter texts are teasers, and fit a card. */
const FULL_UNITS_MIN = 600;
const TITLE_UNITS_MAX = 300;
const SUMMARY_UNITS_MAX = 400;
/** Source shown of a feed that cannot be parsed. */
const SOURCE_UNITS_MAX = 200_000;

/**
 * RSS 0.9x to 2.0, Atom and JSON Feed as a document: items that carry their whole
 * text as a heading and its blocks, the others as cards. A document type
 * declaration is dropped before parsing, so no entity is ever expanded; a feed
 * that is not well-formed is shown as its source, and says so.
 */
export function readFeed(input: ReadingInput): Reading {
  const isJson = /json/i.test(input.contentType ?? "");
  const { text } = decodeText(input.bytes, { contentType: input.contentType, kind: isJson ? "text" : "xml" });
  const facts = parse(text);
  if (!facts) return unreadable(input, text);

  const urls = createPageUrls(input.finalUrl, absolute(facts.siteUrl, input.finalUrl) ?? "");
  const media = new MediaRegistry(urls);
  const inArticles = new Map<string, ReadingMedia>();
  const context = { urls, media, inArticles };
  const blocks = facts.items.flatMap((item, i) => itemBlocks(item, i < FULL_ITEMS_MAX, context));
  if (blocks.length === 0) blocks.push(note("This feed has no items at the moment."));
  const title = htmlToText(facts.title, TITLE_UNITS_MAX) || fileNameOf(input.finalUrl);
  return createReading(input, {
    kind: "feed",
    title,
    blocks: blocks.slice(0, FORMAT_LIMITS.blocksMax),
    byline: facts.author && htmlToText(facts.author, TITLE_UNITS_MAX),
    lang: languageTag(facts.lang),
    publishedAt: facts.updatedAt ?? facts.items[0]?.publishedAt ?? null,
    excerpt: htmlToText(facts.description, SUMMARY_UNITS_MAX) || null,
    iconUrl: facts.iconUrl && urls.resource(facts.iconUrl),
    media: [...new Map([...inArticles, ...media.all.map((entry) => [entry.id, entry] as const)]).values()],
    feeds: [{ url: input.finalUrl, title }],
  });
}

function parse(text: string): FeedFacts | null {
  const safe = text.replace(/^[^<{]*/, "").replace(/<!DOCTYPE\s[^>[]{0,2000}(?:\[[^\]]*\]\s*)?>/i, "");
  try {
    return feedFacts(parseFeed(safe, { maxItems: FORMAT_LIMITS.feedItemsMax }));
  } catch {
    return null; // Not well-formed, or nothing the library knows: the source is shown instead.
  }
}

function unreadable(input: ReadingInput, text: string): Reading {
  return createReading(input, {
    kind: "feed",
    title: fileNameOf(input.finalUrl),
    excerpt: null,
    blocks: [
      note("This could not be read as a feed, so its source is shown."),
      ...codeBlocks(text.slice(0, SOURCE_UNITS_MAX).toWellFormed(), "xml"),
    ],
  });
}

interface ItemContext {
  urls: PageUrls;
  media: MediaRegistry;
  inArticles: Map<string, ReadingMedia>;
}

function itemBlocks(item: FeedItem, mayBeFull: boolean, context: ItemContext): Block[] {
  const href = item.url && context.urls.href(item.url);
  const players = item.enclosures.flatMap((enclosure) => playerBlock(item, enclosure, context));
  const body = item.content.length > item.summary.length ? item.content : item.summary;
  const isFull = mayBeFull && body.length >= FULL_UNITS_MIN;
  if (!isFull && players.length === 0 && href?.startsWith("http")) return [cardOf(item, href, context)];

  const title = htmlToText(item.title, TITLE_UNITS_MAX) || dateOf(item) || "Untitled";
  const heading: Run = href ? { text: title, href } : { text: title };
  const about = [item.author && htmlToText(item.author, TITLE_UNITS_MAX), dateOf(item)]
    .filter(Boolean)
    .join(" · ");
  const text = bodyBlocks(item, body, href || "", context);
  return [
    { id: "", type: "heading", level: 2, runs: [heading] },
    ...(about ? [note(about)] : []),
    ...players,
    ...leadImage(item, text, context),
    ...text,
  ];
}

/** Headings inside an item stand below the item's own. */
function bodyBlocks(item: FeedItem, body: string, href: string, context: ItemContext): Block[] {
  if (item.isPlain && body === item.content) return textBlocks(body);
  const urls = href.startsWith("http") ? createPageUrls(href, "") : context.urls;
  // Pictures, too, are resolved against the article, which a registry does with its own base.
  const media = new MediaRegistry(urls);
  const blocks = htmlFragmentBlocks(body, { urls, media });
  for (const entry of media.all) context.inArticles.set(entry.id, entry);
  for (const block of blocks) {
    if (block.type === "heading") block.level = Math.max(3, Math.min(6, block.level + 1)) as 3 | 4 | 5 | 6;
  }
  return blocks;
}

function cardOf(item: FeedItem, href: string, context: ItemContext): Block {
  const teaser = htmlToText(item.summary || item.content, SUMMARY_UNITS_MAX + 1);
  const cut =
    teaser.length > SUMMARY_UNITS_MAX
      ? `${teaser.slice(0, SUMMARY_UNITS_MAX).replace(/\s+\S*$/, "")}…`
      : teaser;
  const text = [dateOf(item), cut].filter(Boolean).join(" · ");
  const title = htmlToText(item.title, TITLE_UNITS_MAX) || teaser.slice(0, 80) || href;
  const image = addImage(item.imageUrl, title, context);
  return { id: "", type: "card", href, title, text, ...(image ? { media: image } : {}) };
}

function leadImage(item: FeedItem, body: readonly Block[], context: ItemContext): Block[] {
  if (body.some((block) => block.type === "image" || block.type === "video")) return [];
  const media = addImage(item.imageUrl, "", context);
  return media ? [{ id: "", type: "image", media, alt: "", caption: [] }] : [];
}

function addImage(address: string | null, alt: string, { urls, media }: ItemContext): string | null {
  const url = address && urls.resource(address);
  return (url && media.add({ kind: "image", url, width: null, height: null, alt })?.id) || null;
}

function playerBlock(
  item: FeedItem,
  enclosure: FeedItem["enclosures"][number],
  context: ItemContext,
): Block[] {
  const kind = /^audio\//.test(enclosure.type) ? "audio" : /^video\//.test(enclosure.type) ? "video" : null;
  const url = kind && context.urls.resource(enclosure.url);
  if (!kind || !url) return [];
  const title = htmlToText(item.title, TITLE_UNITS_MAX);
  const media = context.media.add({ kind, url, width: null, height: null, alt: title });
  const poster = kind === "video" ? addImage(item.imageUrl, title, context) : null;
  if (!media) return [];
  return [{ id: "", type: "video", media: media.id, ...(poster ? { poster } : {}), title, caption: [] }];
}

/** The day alone, in the one notation that everybody reads the same. */
function dateOf(item: FeedItem): string {
  return item.publishedAt?.slice(0, 10) ?? "";
}

function languageTag(raw: string | null): string | null {
  const tag = raw?.trim().replace("_", "-") ?? "";
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}

function absolute(url: string, base: string): string | null {
  return URL.canParse(url, base) ? new URL(url, base).href : null;
}
