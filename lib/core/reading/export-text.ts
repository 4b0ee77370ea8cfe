import { blockText, runsText } from "#lib/core/document/block-text.ts";
import { findTitleBlock } from "#lib/core/reading/block-index.ts";
import { pageUrl } from "#lib/core/reading/quote-source.ts";
import type { Block, Document } from "#lib/protocol/document.ts";

/** The document as plain text: paragraphs apart by an empty line, structure by dashes, numbers and indents. */
export function exportText(document: Document): string {
  const title = findTitleBlock(document);
  const facts = [document.byline, document.siteName, document.publishedAt?.slice(0, 10)];
  const head = [document.title, facts.filter(Boolean).join(" · "), pageUrl(document)];
  const body = blocksPlain(document.blocks.filter((block) => block !== title));
  return `${head.filter(Boolean).join("\n")}\n\n${body}\n`;
}

function blocksPlain(blocks: readonly Block[]): string {
  return blocks.map(blockPlain).filter(Boolean).join("\n\n");
}

function blockPlain(block: Block): string {
  switch (block.type) {
    case "list":
      return block.items
        .map((item, index) => {
          const marker = block.ordered ? `${(block.start ?? 1) + index}. ` : "- ";
          return marker + blocksPlain(item).replace(/\n(?!\n|$)/g, `\n${" ".repeat(marker.length)}`);
        })
        .join("\n");
    case "quote": {
      const cite = block.cite ? `\n— ${block.cite}` : "";
      return (blocksPlain(block.blocks) + cite).replace(/^/gm, "> ").replace(/ +$/gm, "");
    }
    case "post": {
      const head = [block.author ?? "Unknown author", block.publishedAt?.slice(0, 10)].filter(Boolean);
      return `${head.join(" · ")}\n${blocksPlain(block.blocks)}`;
    }
    case "details":
      return `${runsText(block.summary)}\n\n${blocksPlain(block.blocks)}`;
    case "image":
      return [block.alt && `[Image: ${block.alt}]`, runsText(block.caption)].filter(Boolean).join("\n");
    case "card":
      return [block.title, block.text, block.href].filter(Boolean).join("\n");
    case "embed":
      return `${block.title}\n${block.url}`;
    case "separator":
      return "* * *";
    case "pageBreak":
      return `— Page ${block.page} —`;
    default:
      return blockText(block);
  }
}

/** A name for a saved copy that every file system takes: the title, without what paths reserve. */
export function suggestFileName(document: Document, extension: string): string {
  const name = document.title
    .normalize("NFC")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go.
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return `${[...name].slice(0, 100).join("").trim() || "page"}.${extension}`;
}
