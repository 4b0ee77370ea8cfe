import { indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import { findInDocument, type TextRange } from "#lib/core/reading/find.ts";
import { foldText } from "#lib/core/reading/fold-text.ts";
import type { Document } from "#lib/protocol/document.ts";

export type FragmentTarget = { blockId: string; range: { start: number; end: number } | null };

const TEXT_DIRECTIVE = ":~:text=";

/**
 * Where the fragment of an address leads in a document, or null. A document
 * keeps no anchors of the HTML, but sites name them after their headings, so the
 * heading that spells the same is taken. Text fragments (WICG Scroll to Text
 * Fragment) lead to the passage they quote.
 */
export function resolveFragment(document: Document, fragment: string): FragmentTarget | null {
  const [anchor = "", ...directives] = fragment.replace(/^#/, "").split(TEXT_DIRECTIVE);
  for (const directive of directives) {
    const range = findQuoted(document, directive.split("&")[0] ?? "");
    if (range) return { blockId: range.blockId, range };
  }
  const wanted = slug(decode(anchor));
  if (!wanted) return null;
  for (const { block } of indexDocument(document).all) {
    if (block.type === "heading" && slug(ownText(block)) === wanted)
      return { blockId: block.id, range: null };
  }
  return null;
}

/** `[prefix-,]start[,end][,-suffix]`, each part percent-encoded. Prefix and suffix only tell equal passages apart. */
function findQuoted(document: Document, directive: string): TextRange | null {
  const parts = directive.split(",").filter((part) => !part.endsWith("-") && !part.startsWith("-"));
  const [start = "", end] = parts.map(decode);
  const first = findInDocument(document, start, { caseSensitive: false, wholeWord: false }).matches[0];
  if (!first || end === undefined) return first ?? null;
  const last = findInDocument(document, end, { caseSensitive: false, wholeWord: false }).matches.find(
    (match) => match.blockId === first.blockId && match.start >= first.end,
  );
  return last ? { ...first, end: last.end } : first;
}

/** "History and use", "History_and_use" and "history-and-use" are one. */
function slug(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign: taken as it stands.
    return part;
  }
}
