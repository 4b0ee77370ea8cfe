import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { runsText } from "#lib/core/document/block-text.ts";
import { cleanText } from "#lib/node/reader/formats/clean-text.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { splitFrontMatter } from "#lib/node/reader/formats/front-matter.ts";
import {
  type MarkdownContext,
  markdownBlocks,
  noteDefinitions,
} from "#lib/node/reader/formats/markdown-blocks.ts";
import { chunkMarkdown, type MarkdownChunk } from "#lib/node/reader/formats/markdown-chunks.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import { textBlocks } from "#lib/node/reader/formats/text-blocks.ts";
import { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { createPageUrls } from "#lib/node/reader/html/page-url.ts";
import { isoDate } from "#lib/node/reader/html/parse-date.ts";
import { resolveAnchors } from "#lib/node/reader/html/resolve-anchors.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Block } from "#lib/protocol/document.ts";

/** UTF-16 units of Markdown that are parsed: two to three seconds of work at worst. */
const MARKDOWN_UNITS_MAX = 512 * 1024;

/**
 * Markdown with GitHub's extensions. Raw HTML in it is shown as text. Pieces
 * nested deep enough to stall the parser are read as plain text.
 */
export function readMarkdown(input: ReadingInput): Reading {
  const decoded = decodeText(input.bytes, { contentType: input.contentType, kind: "text" }).text;
  const { values, body } = splitFrontMatter(cleanText(decoded.slice(0, MARKDOWN_UNITS_MAX)));
  const urls = createPageUrls(input.finalUrl, "");
  const media = new MediaRegistry(urls);
  const context: MarkdownContext = {
    urls,
    media,
    anchors: new Map(),
    footnotes: new Map(),
    definitions: new Map(),
  };

  const blocks = documentBlocks(body, context);
  const title = values.get("title") ?? titleOf(blocks) ?? fileNameOf(input.finalUrl);
  if (blocks.length === 0) blocks.push(note("This file is empty."));
  if (decoded.length > MARKDOWN_UNITS_MAX) {
    blocks.push(note("This file is longer than Qui shows in one piece. The rest is left out."));
  }
  const reading = createReading(input, {
    kind: "markdown",
    title,
    blocks,
    byline: values.get("author") ?? null,
    lang: values.get("lang") ?? values.get("language") ?? null,
    publishedAt: isoDate(values.get("date")),
    excerpt: values.get("description") ?? null,
    media: media.all,
  });
  resolveAnchors(reading.document.blocks, context.anchors);
  return reading;
}

function documentBlocks(text: string, context: MarkdownContext): Block[] {
  const pieces = chunkMarkdown(text).map((chunk) => ({ chunk, root: chunk.isHostile ? null : parse(chunk) }));
  for (const { chunk, root } of pieces) if (root) noteDefinitions(root.children, context, chunk.text.length);
  const blocks: Block[] = [];
  for (const { chunk, root } of pieces) {
    if (blocks.length >= FORMAT_LIMITS.blocksMax) break;
    blocks.push(...(root ? markdownBlocks(root.children, context) : textBlocks(chunk.text)));
  }
  blocks.push(...footnoteBlocks(context));
  return blocks;
}

function parse(chunk: MarkdownChunk): Root | null {
  try {
    return fromMarkdown(chunk.text + chunk.definitions, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    });
  } catch {
    return null; // The parser recurses; what is too deep for its stack is read as plain text.
  }
}

function footnoteBlocks(context: MarkdownContext): Block[] {
  const items: Block[][] = [];
  for (const [label, { node }] of context.footnotes) {
    const item = markdownBlocks(node.children, context);
    const [first] = item;
    if (!first) continue;
    context.anchors.set(`fn-${label}`, first);
    items.push(item);
  }
  return items.length === 0
    ? []
    : [
        { id: "", type: "separator" },
        { id: "", type: "list", ordered: true, items },
      ];
}

/** The first heading, when it opens the text. */
function titleOf([first]: readonly Block[]): string | null {
  return first?.type === "heading" && first.level === 1 ? runsText(first.runs) : null;
}
