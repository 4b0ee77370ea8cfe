import { findTitleBlock } from "#lib/core/reading/block-index.ts";
import { escapeMarkdown, inlineMarkdown, linkTarget, longestRun } from "#lib/core/reading/markdown-inline.ts";
import { pageUrl } from "#lib/core/reading/quote-source.ts";
import type { Block, Cell, Document, TableBlock } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Addresses of media by their id: the origin's own, so that the file stays useful without this server. */
type MediaUrls = ReadonlyMap<string, string>;

/** The page as GitHub Flavored Markdown, headed by its title, author, date and address. Ends with a line feed. */
export function exportMarkdown(page: Pick<Page, "document" | "media">): string {
  const { document } = page;
  const title = findTitleBlock(document);
  const media = new Map(page.media.map(({ id, url }) => [id, url]));
  const body = document.blocks.filter((block) => block !== title);
  const parts = [`# ${escapeMarkdown(document.title)}`, sourceLine(document), blocksMarkdown(body, media)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function sourceLine(document: Document): string {
  const facts = [document.byline, document.siteName, document.publishedAt?.slice(0, 10)];
  return [...facts.filter((fact) => fact != null).map(escapeMarkdown), `<${pageUrl(document)}>`].join(" · ");
}

function blocksMarkdown(blocks: readonly Block[], media: MediaUrls): string {
  const parts: string[] = [];
  /** Two lists in a row would run together; another marker keeps them apart. */
  let isOtherMarker = false;
  blocks.forEach((block, index) => {
    const previous = blocks[index - 1];
    isOtherMarker = block.type === "list" && previous?.type === "list" && !isOtherMarker;
    const text = blockMarkdown(block, media, isOtherMarker);
    if (!text) return;
    const isNextCard = block.type === "card" && previous?.type === "card";
    if (isNextCard) parts[parts.length - 1] += `\n${text}`;
    else parts.push(text);
  });
  return parts.join("\n\n");
}

function blockMarkdown(block: Block, media: MediaUrls, isOtherMarker: boolean): string {
  switch (block.type) {
    case "heading":
      return `${"#".repeat(block.level)} ${inlineMarkdown(block.runs)}`;
    case "paragraph":
      return inlineMarkdown(block.runs);
    case "list":
      return listMarkdown(block, media, isOtherMarker);
    case "quote": {
      const cite = block.cite ? `\n\n— ${escapeMarkdown(block.cite)}` : "";
      return prefixLines(blocksMarkdown(block.blocks, media) + cite, "> ");
    }
    case "code": {
      const fence = "`".repeat(Math.max(3, longestRun(block.text, "`") + 1));
      return `${fence}${block.language ?? ""}\n${block.text.replace(/\n$/, "")}\n${fence}`;
    }
    case "table":
      return tableMarkdown(block);
    case "image":
      return [imageMarkdown(block.alt, media.get(block.media)), italic(inlineMarkdown(block.caption))]
        .filter(Boolean)
        .join("\n\n");
    case "video":
      return [link(block.title || "Video", media.get(block.media)), italic(inlineMarkdown(block.caption))]
        .filter(Boolean)
        .join("\n\n");
    case "embed":
      return link(block.title || block.url, block.url);
    case "math":
      return `$$\n${block.tex}\n$$`;
    case "details":
      return `**${inlineMarkdown(block.summary)}**\n\n${blocksMarkdown(block.blocks, media)}`;
    case "separator":
      return "---";
    case "post": {
      const head = [block.author ?? "Unknown author", block.publishedAt?.slice(0, 10)].filter(
        (fact) => fact != null,
      );
      return `**${head.map(escapeMarkdown).join(" · ")}**\n\n${blocksMarkdown(block.blocks, media)}\n\n---`;
    }
    case "card":
      return `- ${link(block.title, block.href)}${block.text ? `: ${escapeMarkdown(oneLine(block.text))}` : ""}`;
    case "pageBreak":
      return `---\n\n*Page ${block.page}*`;
  }
}

function listMarkdown(
  { ordered, start = 1, items }: Extract<Block, { type: "list" }>,
  media: MediaUrls,
  isOtherMarker: boolean,
): string {
  const isTight = items.every((item) => item.filter((block) => block.type !== "list").length <= 1);
  const lines = items.map((item, index) => {
    const marker = ordered ? `${start + index}${isOtherMarker ? ")" : "."} ` : isOtherMarker ? "* " : "- ";
    const text = blocksMarkdown(item, media);
    const body = isTight ? text.replace(/\n\n(?=\s*(?:[-*]|\d+[.)]) )/g, "\n") : text;
    return marker + body.replace(/\n(?!\n|$)/g, `\n${" ".repeat(marker.length)}`);
  });
  return lines.join(isTight ? "\n" : "\n\n");
}

function tableMarkdown(table: TableBlock): string {
  const columns = Math.max(...[table.header, ...table.rows].map(spannedLength));
  if (!Number.isFinite(columns) || columns === 0) return "";
  const row = (cells: readonly Cell[]): string => {
    const texts = cells.flatMap((cell) => [
      inlineMarkdown(cell.runs).trim(),
      ...Array<string>((cell.colSpan ?? 1) - 1).fill(""),
    ]);
    return `| ${[...texts, ...Array<string>(columns - texts.length).fill("")].join(" | ")} |`;
  };
  const lines = [row(table.header), `|${" --- |".repeat(columns)}`, ...table.rows.map(row)];
  return (table.caption ? `${italic(escapeMarkdown(table.caption))}\n\n` : "") + lines.join("\n");
}

const spannedLength = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + (cell.colSpan ?? 1), 0);
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
const italic = (text: string): string => (text.trim() ? `*${text.trim()}*` : "");
const prefixLines = (text: string, prefix: string): string =>
  text.replace(/^/gm, prefix).replace(/ +$/gm, "");

function link(label: string, href: string | undefined): string {
  return href ? `[${escapeMarkdown(oneLine(label))}](${linkTarget(href)})` : escapeMarkdown(oneLine(label));
}

function imageMarkdown(alt: string, url: string | undefined): string {
  return url ? `![${escapeMarkdown(oneLine(alt))}](${linkTarget(url)})` : "";
}
