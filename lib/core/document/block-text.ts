import type { Block, Run } from "#lib/protocol/document.ts";

export function runsText(runs: readonly Run[]): string {
  let text = "";
  for (const run of runs) text += run.text;
  return text;
}

/**
 * The plain text of a block, nested blocks joined by a line feed. Citations and
 * find-in-page count their UTF-16 offsets in exactly this text.
 */
export function blockText(block: Block): string {
  switch (block.type) {
    case "heading":
    case "paragraph":
      return runsText(block.runs);
    case "list":
      return block.items.map(blocksText).join("\n");
    case "quote":
    case "post":
      return blocksText(block.blocks);
    case "details":
      return `${runsText(block.summary)}\n${blocksText(block.blocks)}`;
    case "code":
      return block.text;
    case "math":
      return block.tex;
    case "table":
      return [block.header, ...block.rows]
        .filter((row) => row.length > 0)
        .map((row) => row.map((cell) => runsText(cell.runs)).join("\t"))
        .join("\n");
    case "image":
      return runsText(block.caption);
    case "video":
      return [block.title, runsText(block.caption)].filter(Boolean).join("\n");
    case "embed":
      return block.title;
    case "card":
      return [block.title, block.text].filter(Boolean).join("\n");
    case "separator":
    case "pageBreak":
      return "";
  }
}

export function blocksText(blocks: readonly Block[]): string {
  return blocks.map(blockText).filter(Boolean).join("\n");
}

/** Words of a document: `\w`-like runs in any script; CJK counts a word a character, as word processors do. */
export function countWords(text: string): number {
  const matches = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu);
  return matches?.length ?? 0;
}
