import type { Block, Run } from "#lib/protocol/document.ts";

/** Turns links to `#fragment` into links to the block that stands there; a fragment that leads nowhere is no link. */
export function resolveAnchors(blocks: readonly Block[], anchors: ReadonlyMap<string, Block>): void {
  for (const block of blocks) {
    switch (block.type) {
      case "heading":
      case "paragraph":
        resolveRuns(block.runs, anchors);
        break;
      case "image":
      case "video":
        resolveRuns(block.caption, anchors);
        break;
      case "list":
        for (const item of block.items) resolveAnchors(item, anchors);
        break;
      case "table":
        for (const row of [block.header, ...block.rows])
          for (const cell of row) resolveRuns(cell.runs, anchors);
        break;
      case "details":
        resolveRuns(block.summary, anchors);
        resolveAnchors(block.blocks, anchors);
        break;
      case "quote":
      case "post":
        resolveAnchors(block.blocks, anchors);
        break;
    }
  }
}

function resolveRuns(runs: readonly Run[], anchors: ReadonlyMap<string, Block>): void {
  for (const run of runs) {
    if (!run.href?.startsWith("#")) continue;
    const target = anchors.get(decodeFragment(run.href.slice(1)));
    if (target?.id) run.href = `#${target.id}`;
    else delete run.href;
  }
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // A stray percent sign: the fragment is taken as it stands.
  }
}
