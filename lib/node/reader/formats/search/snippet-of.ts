import { type ElementNode, plainText } from "#lib/node/reader/html/node.ts";

const SNIPPET_UNITS_MAX = 400;
const SNIPPET_UNITS_MIN = 20;
const BLOCKS = new Set(
  "address article aside blockquote div dl dd dt figure footer header li main nav ol p section table tbody td tr ul".split(
    " ",
  ),
);
/** A printed address, alone or as a trail of crumbs. */
const PRINTED_ADDRESS = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?:[/:›»\s].{0,120})?$/u;

/** The few words a results page says of one result: the longest text in its box besides title and address. */
export function snippetOf(box: ElementNode, title: string): string {
  let best = "";
  for (const text of textsOf(box)) {
    if (text.length < SNIPPET_UNITS_MIN || text.length <= best.length) continue;
    if (text === title || text.startsWith(title) || PRINTED_ADDRESS.test(text)) continue;
    best = text;
  }
  if (best.length <= SNIPPET_UNITS_MAX) return best;
  return `${best
    .slice(0, SNIPPET_UNITS_MAX)
    .replace(/\s+\S*$/, "")
    .toWellFormed()}…`;
}

/** Texts of the innermost blocks, headings left out. */
function* textsOf(node: ElementNode): Generator<string> {
  if (node.hidden || /^(?:h[1-6]|script|style|noscript|svg|cite|button|form)$/.test(node.tag)) return;
  const inner = node.children.filter((child): child is ElementNode => !child.isText && holdsBlocks(child));
  if (inner.length === 0) {
    yield plainText(node, SNIPPET_UNITS_MAX * 4);
    return;
  }
  for (const child of node.children) {
    if (child.isText) continue;
    yield* textsOf(child);
  }
}

function holdsBlocks(node: ElementNode): boolean {
  if (BLOCKS.has(node.tag) || /^h[1-6]$/.test(node.tag)) return true;
  return node.children.some((child) => !child.isText && holdsBlocks(child));
}
