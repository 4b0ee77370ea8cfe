import { isSameSite } from "#lib/core/url/registrable-domain.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import type { Block, Run } from "#lib/protocol/document.ts";
import type { PageLink } from "#lib/protocol/pages.ts";

const TEXT_UNITS_MAX = 300;

/** The http(s) links of a document in order, each address once, named by the first text that leads there. */
export function collectLinks(blocks: readonly Block[], pageUrl: string): PageLink[] {
  const found = new Map<string, PageLink>();
  const add = (href: string, text: string) => {
    if (!/^https?:/.test(href) || found.size >= FORMAT_LIMITS.linksMax) return;
    const name = text.replace(/\s+/g, " ").trim().slice(0, TEXT_UNITS_MAX);
    const known = found.get(href);
    if (!known) found.set(href, { href, text: name, internal: isSameSite(href, pageUrl) });
    else if (!known.text) known.text = name;
  };
  visitBlocks(blocks, add);
  return [...found.values()];
}

type Add = (href: string, text: string) => void;

function visitBlocks(blocks: readonly Block[], add: Add): void {
  for (const block of blocks) {
    if ("runs" in block) visitRuns(block.runs, add);
    if (block.type === "details") visitRuns(block.summary, add);
    if ("blocks" in block) visitBlocks(block.blocks, add);
    if (block.type === "list") for (const item of block.items) visitBlocks(item, add);
    if (block.type === "table") {
      for (const row of [block.header, ...block.rows]) for (const cell of row) visitRuns(cell.runs, add);
    }
    if (block.type === "image" || block.type === "video") visitRuns(block.caption, add);
    if (block.type === "card") add(block.href, block.title);
    if (block.type === "embed") add(block.url, block.title);
  }
}

/** A link whose text changes formatting half-way is several runs with one address. */
function visitRuns(runs: readonly Run[], add: Add): void {
  for (let i = 0; i < runs.length; ) {
    const { href } = runs[i] as Run;
    let text = "";
    do text += (runs[i++] as Run).text;
    while (i < runs.length && runs[i]?.href === href);
    if (href !== undefined) add(href, text);
  }
}
