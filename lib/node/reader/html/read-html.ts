import { blocksText, countWords } from "#lib/core/document/block-text.ts";
import { hashText, identifyBlocks } from "#lib/core/document/identify-blocks.ts";
import {
  type BlockContext,
  buildBlocks,
  buildChildren,
  newBudget,
} from "#lib/node/reader/html/block-builder.ts";
import { chooseContent } from "#lib/node/reader/html/choose-content.ts";
import { findCards } from "#lib/node/reader/html/find-cards.ts";
import { findLinks } from "#lib/node/reader/html/find-links.ts";
import { type FoundPost, findPosts } from "#lib/node/reader/html/find-posts.ts";
import { findReferences } from "#lib/node/reader/html/find-references.ts";
import type { HtmlInput, HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { needsLive } from "#lib/node/reader/html/needs-live.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import { resolveAnchors } from "#lib/node/reader/html/resolve-anchors.ts";
import { studyPage } from "#lib/node/reader/html/study-page.ts";
import { tidyBlocks } from "#lib/node/reader/html/tidy-blocks.ts";
import type { Block, Document, PostBlock } from "#lib/protocol/document.ts";

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
  const study = studyPage(input.html, input.finalUrl);
  const { page, urls, metadata } = study;
  const media = new MediaRegistry(urls);
  const content = chooseContent(study);
  const replace = new Map<ElementNode, () => Block | null>();
  const context: BlockContext = {
    urls,
    media,
    skip: content.skip,
    replace,
    anchors: new Map(),
    pendingAnchors: [],
    budget: newBudget(),
  };
  if (content.kind === "forum") {
    for (const post of findPosts(page.body, study.stats, content.keptUnits)) {
      for (const node of post.said) if (node !== post.node) content.skip.add(node);
      replace.set(post.node, () => buildPost(post, context));
    }
  } else if (content.kind === "listing" || content.kind === "collection") {
    const { kept, keptUnits } = content;
    const cards = findCards(page.body, {
      stats: study.stats,
      units: study.units,
      kept,
      keptUnits,
      urls,
      media,
    });
    for (const [node, build] of cards) replace.set(node, build);
  }
  const blocks = identifyBlocks(tidyBlocks(buildBlocks(page.body, context), metadata));
  resolveAnchors(blocks, context.anchors);
  const wordCount = countWords(blocksText(blocks));
  const document: Document = {
    id: `d${hashText(metadata.canonicalUrl ?? input.finalUrl)}`,
    kind: content.kind,
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
    needsLive: needsLive({
      page,
      documentWords: wordCount,
      bodyWords: study.stats.words[page.body.order] ?? 0,
    }),
    iconUrl: metadata.iconUrl,
    references: findReferences(page.root, urls),
    refresh: metadata.refresh,
    feeds: metadata.feeds,
  };
}
