import { blocksText, runsText } from "#lib/core/document/block-text.ts";
import { wordOverlap } from "#lib/node/reader/html/word-overlap.ts";
import type { Block, ListBlock, PostBlock } from "#lib/protocol/document.ts";

export interface TidyFacts {
  title: string;
  byline: string | null;
  publishedAt: string | null;
}

/** How far down the page's title may stand again. */
const TITLE_WITHIN = 4;
const TITLE_ALIKE_MIN = 0.6;

/**
 * The last look at a document: its title is shown above it and not again, no
 * heading stands over nothing, no line under nothing, and a thread's first post
 * is a post like the others.
 */
export function tidyBlocks(blocks: readonly Block[], facts: TidyFacts): Block[] {
  return dropEmptySections(wrapOpeningPost(dropContents(dropTitle(blocks, facts.title)), facts));
}

function dropTitle(blocks: readonly Block[], title: string): Block[] {
  const wanted = bare(title);
  return blocks.filter((block, i) => {
    if (i >= TITLE_WITHIN || block.type !== "heading" || wanted === "") return true;
    const text = bare(runsText(block.runs));
    return text !== wanted && !(block.level === 1 && wordOverlap(text, wanted) >= TITLE_ALIKE_MIN);
  });
}

const CONTENTS =
  /^(table of )?contents?$|^on this page$|^in this (article|guide|post|section|page)$|^jump to( section)?$|^quick links$/i;

/** A table of contents is drawn from the headings by whoever shows the document. */
function dropContents(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  for (const block of blocks) {
    const isContents = block.type === "list" && isListOfFragments(block);
    const before = kept.at(-1);
    const headed =
      before &&
      (before.type === "heading" || before.type === "paragraph") &&
      CONTENTS.test(bare(runsText(before.runs)));
    if (isContents) {
      if (headed) kept.pop();
      continue;
    }
    kept.push(block);
  }
  return kept.filter((block) => block.type !== "paragraph" || !CONTENTS.test(bare(runsText(block.runs))));
}

const CONTENTS_ITEMS_MIN = 3;

function isListOfFragments(list: ListBlock): boolean {
  let links = 0;
  let others = 0;
  const look = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === "list") block.items.forEach(look);
      else if (block.type === "paragraph") {
        if (block.runs.every((run) => run.href?.startsWith("#") || !/[\p{L}\p{N}]{2}/u.test(run.text)))
          links++;
        else others++;
      } else others++;
    }
  };
  list.items.forEach(look);
  return links >= CONTENTS_ITEMS_MIN && others === 0;
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What stands before the first of several posts is the opening post, by the page's author. */
function wrapOpeningPost(blocks: readonly Block[], facts: TidyFacts): Block[] {
  const first = blocks.findIndex((block) => block.type === "post");
  const posts = blocks.filter((block) => block.type === "post").length;
  if (first < 1 || posts < 2) return [...blocks];
  const opening = blocks.slice(0, first);
  const heads = opening.findIndex((block) => block.type !== "heading");
  const body = heads < 0 ? [] : opening.slice(heads);
  if (blocksText(body).split(/\s+/).length < 8) return [...blocks];
  const post: PostBlock = {
    id: "",
    type: "post",
    author: facts.byline,
    publishedAt: facts.publishedAt,
    blocks: body,
  };
  return [...opening.slice(0, heads), post, ...blocks.slice(first)];
}

function dropEmptySections(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i] as Block;
    const next = kept.at(-1);
    if (block.type === "separator" && (!next || next.type === "separator" || i === 0)) continue;
    // A heading that links is the title of something, not a head over what follows.
    if (block.type === "heading" && block.runs.every((run) => run.href === undefined)) {
      if (!next || next.type === "separator") continue;
      if (next.type === "heading" && next.level < block.level) continue;
    }
    kept.push(block);
  }
  if (kept.at(-1)?.type === "separator") kept.pop();
  return kept.reverse();
}
