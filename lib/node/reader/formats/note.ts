import type { ParagraphBlock } from "#lib/protocol/document.ts";

/** A sentence of ours in a document, set apart from the author's words by its italics. */
export function note(text: string): ParagraphBlock {
  return { id: "", type: "paragraph", runs: [{ text, marks: ["italic"] }] };
}
