import type { Block, Run } from "#lib/protocol/document.ts";

/** Rewrites every address a block leads to, nested blocks included. Mutates; block ids stay. */
export function mapLinks(blocks: readonly Block[], map: (href: string) => string): void {
  const mapRuns = (runs: readonly Run[]) => {
    for (const run of runs) if (run.href !== undefined) run.href = map(run.href);
  };
  for (const block of blocks) {
    switch (block.type) {
      case "heading":
      case "paragraph":
        mapRuns(block.runs);
        break;
      case "list":
        for (const item of block.items) mapLinks(item, map);
        break;
      case "quote":
        if (block.cite !== undefined) block.cite = map(block.cite);
        mapLinks(block.blocks, map);
        break;
      case "post":
        mapLinks(block.blocks, map);
        break;
      case "details":
        mapRuns(block.summary);
        mapLinks(block.blocks, map);
        break;
      case "table":
        for (const row of [block.header, ...block.rows]) for (const cell of row) mapRuns(cell.runs);
        break;
      case "image":
      case "video":
        mapRuns(block.caption);
        break;
      case "embed":
        block.url = map(block.url);
        break;
      case "card":
        block.href = map(block.href);
        break;
      case "code":
      case "math":
      case "separator":
      case "pageBreak":
        break;
    }
  }
}
