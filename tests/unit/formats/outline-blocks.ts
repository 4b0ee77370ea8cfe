import type { Block, Run } from "#lib/protocol/document.ts";

/** Blocks as lines a person can compare: type, text and links, nested ones indented. */
export function outlineBlocks(blocks: readonly Block[], indent = ""): string[] {
  return blocks.flatMap((block) => {
    const nested = (inner: readonly Block[]) => outlineBlocks(inner, `${indent}  `);
    switch (block.type) {
      case "heading":
        return [`${indent}h${block.level} ${outlineRuns(block.runs)}`];
      case "paragraph":
        return [`${indent}p ${outlineRuns(block.runs)}`];
      case "list":
        return [
          `${indent}${block.ordered ? `ol${block.start ?? ""}` : "ul"}`,
          ...block.items.flatMap((item) => [`${indent} -`, ...nested(item)]),
        ];
      case "quote":
        return [`${indent}quote`, ...nested(block.blocks)];
      case "code":
        return [`${indent}code${block.language ? `:${block.language}` : ""} ${JSON.stringify(block.text)}`];
      case "table":
        return [
          `${indent}table${block.caption ? ` ${block.caption}` : ""}`,
          ...[block.header, ...block.rows].map(
            (row) => `${indent}  ${row.map((cell) => outlineRuns(cell.runs)).join(" | ")}`,
          ),
        ];
      case "image":
      case "video":
        return [`${indent}${block.type} ${block.media}`];
      case "card":
        return [`${indent}card ${block.title} <${block.href}> ${block.text}`];
      case "pageBreak":
        return [`${indent}page ${block.page}`];
      default:
        return [`${indent}${block.type}`];
    }
  });
}

export function outlineRuns(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      const text = run.marks ? `{${run.marks.join(",")}:${run.text}}` : run.text;
      return run.href === undefined ? text : `[${text}](${run.href})`;
    })
    .join("")
    .replaceAll("\n", "⏎");
}
