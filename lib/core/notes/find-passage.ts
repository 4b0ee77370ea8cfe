import { resolveCitation } from "#lib/core/reading/citation.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import type { Citation, Document } from "#lib/protocol/document.ts";

/**
 * Where a pinned passage is in the page as it is now. `moved`: its block is gone, but
 * the words stand elsewhere. `gone`: neither is there any more.
 */
export type FoundPassage = { status: "here" | "moved"; range: TextRange } | { status: "gone" };

export function findPassage(document: Document, citation: Citation): FoundPassage {
  const range = resolveCitation(document, citation);
  if (!range) return { status: "gone" };
  return { status: range.blockId === citation.blockId ? "here" : "moved", range };
}
