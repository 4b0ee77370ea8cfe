import { blocksText, countWords } from "#lib/core/document/block-text.ts";
import { hashText, identifyBlocks } from "#lib/core/document/identify-blocks.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import {
  type BlockContext,
  buildBlocks,
  buildChildren,
  newBudget,
} from "#lib/node/reader/html/block-builder.ts";
import { type ChosenContent, chooseContent } from "#lib/node/reader/html/choose-content.ts";
import { isProse } from "#lib/node/reader/html/element-stats.ts";
import { findCards } from "#lib/node/reader/html/find-cards.ts";
import { findLinks } from "#lib/node/reader/html/find-links.ts";
import { type FoundPost, findPosts } from "#lib/node/reader/html/find-posts.ts";
import { findReferences } from "#lib/node/reader/html/find-references.ts";
import { likeliestKind, type PageKind } from "#lib/node/reader/html/guess-kind.ts";
import type { HtmlInput, HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { needsLive } from "#lib/node/reader/html/needs-live.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import { PAGE_FEATURE_NAMES } from "#lib/node/reader/html/page-features.ts";
import { resolveAnchors } from "#lib/node/reader/html/resolve-anchors.ts";
import { type PageStudy, studyPage } from "#lib/node/reader/html/study-page.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";
import { tidyBlocks } from "#lib/node/reader/html/tidy-blocks.ts";
import type { Block, Document, PostBlock } from "#lib/protocol/document.ts";

interface ShapedContext extends BlockContext {
  replace: Map<ElementNode, () => Block | null>;
}

/** Marks what becomes posts or cards, and says what kind of page that makes it. */
function shapeBlocks(study: PageStudy, content: ChosenContent, context: ShapedContext): PageKind {
  const { body } = study.page;
  const { kind, kept, keptUnits, skip } = content;
  if (kind === "forum") {
    for (const post of findPosts(body, study.stats, keptUnits)) {
      for (const node of post.said) if (node !== post.node) skip.add(node);
      context.replace.set(post.node, () => buildPost(post, context));
    }
  }
  if (kind !== "listing" && kind !== "collection") return kind;
  const { stats, units, urls } = study;
  const cards = findCards(body, { stats, units, kept, keptUnits, urls, media: context.media });
  for (const [node, build] of cards) context.replace.set(node, build);
  const hasItems = cards.size > 0 || (study.pageRow[RECORD_SHARE] ?? 0) > ITEMS_SHARE_MIN;
  return hasItems || !isRunningText(units, kept) ? kind : likeliestKind(content.kinds, NOT_LISTS);
}

/** A page without any set of items, whose text runs on, is no list. */
const NOT_LISTS = ["article", "documentation", "service"] as const;
const RUNNING_SHARE_MIN = 0.6;
const RECORD_SHARE = PAGE_FEATURE_NAMES.indexOf("recordShare");
const ITEMS_SHARE_MIN = 0.1;

function isRunningText(units: readonly TextUnit[], kept: readonly boolean[]): boolean {
  let words = 0;
  let running = 0;
  for (const unit of units) {
    if (!kept[unit.index]) continue;
    words += unit.words;
    if (isProse(unit)) running += unit.words;
  }
  return running >= words * RUNNING_SHARE_MIN;
}

/** Whether one of the caps on size left something of the page out. */
function isCut({ page, units }: PageStudy, { budget }: BlockContext): boolean {
  const isSpent = budget.blocks <= 0 || budget.textUnits <= 0;
  return page.truncated || isSpent || units.length >= LIMITS.unitsMax;
}

function buildPost(post: FoundPost, context: BlockContext): PostBlock | null {
  const blocks = buildChildren(post.node, context);
  if (blocks.length === 0) return null;
  return { id: "", type: "post", author: post.author, publishedAt: post.publishedAt, blocks };
}

/**
 * Reads one HTML page: pure, synchronous, bounded by `LIMITS`, and meant for a
 * worker, since a large page takes tens of milliseconds. Never throws on input
 * of any shape; the document holds no HTML and only http(s), mailto, tel and
 * `#blockId` links.
 */
export function readHtml(input: HtmlInput): HtmlReading {
  const { rendered } = input;
  const study = studyPage(input.html, input.finalUrl, { isRendered: rendered !== undefined });
  const { page, urls, metadata } = study;
  const media = new MediaRegistry(urls);
  const content = chooseContent(study);
  const context: ShapedContext = {
    urls,
    media,
    skip: content.skip,
    replace: new Map(),
    anchors: new Map(),
    pendingAnchors: [],
    budget: newBudget(),
  };
  const kind = shapeBlocks(study, content, context);
  const shown = tidyBlocks(buildBlocks(page.body, context), metadata);
  if (rendered?.isCut || isCut(study, context))
    shown.push(note("The page goes on; the reader shows only its beginning."));
  const blocks = identifyBlocks(shown);
  resolveAnchors(blocks, context.anchors);
  const wordCount = countWords(blocksText(blocks));
  const document: Document = {
    id: `d${hashText(metadata.canonicalUrl ?? input.finalUrl)}`,
    kind,
    source: {
      url: input.url,
      finalUrl: input.finalUrl,
      canonicalUrl: metadata.canonicalUrl,
      fetchedAt: input.fetchedAt,
    },
    title: metadata.title,
    byline: metadata.byline,
    siteName: metadata.siteName,
    lang: metadata.lang,
    dir: metadata.dir,
    publishedAt: metadata.publishedAt,
    excerpt: metadata.excerpt,
    wordCount,
    blocks,
  };
  return {
    document,
    links: findLinks(page.body, urls),
    media: media.all,
    needsLive:
      rendered === undefined &&
      needsLive({ page, documentWords: wordCount, bodyWords: study.stats.words[page.body.order] ?? 0 }),
    iconUrl: metadata.iconUrl,
    references: findReferences(page.root, urls),
    refresh: metadata.refresh,
    feeds: metadata.feeds,
  };
}
