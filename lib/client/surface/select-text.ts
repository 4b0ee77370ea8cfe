import type { TextPlace } from "#lib/client/surface/tile-geometry.ts";
import { indexDocument, ownText } from "#lib/core/reading/block-index.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import type { Document } from "#lib/protocol/document.ts";

/** The text from one place to another, in whichever order they were given: a range for each block it touches. */
export function rangesBetween(document: Document, one: TextPlace, other: TextPlace): TextRange[] {
  const { all, byId } = indexDocument(document);
  const orderOf = ({ blockId }: TextPlace) => byId.get(blockId)?.order ?? -1;
  const isForward =
    orderOf(one) < orderOf(other) || (orderOf(one) === orderOf(other) && one.offset <= other.offset);
  const [from, to] = isForward ? [one, other] : [other, one];
  const [first, last] = [orderOf(from), orderOf(to)];
  const ranges: TextRange[] = [];
  for (let order = Math.max(0, first); order <= last; order++) {
    const block = all[order]?.block;
    const length = block ? ownText(block).length : 0;
    if (!block || length === 0) continue;
    const start = order === first ? from.offset : 0;
    const end = order === last ? to.offset : length;
    if (start < end) ranges.push({ blockId: block.id, start, end });
  }
  return ranges;
}

const words = new Map<string, Intl.Segmenter>();

/** The word at an offset of a block, or what stands between words there. */
export function wordAround(document: Document, { blockId, offset }: TextPlace): TextRange | null {
  const block = indexDocument(document).byId.get(blockId)?.block;
  if (!block) return null;
  const text = ownText(block);
  const lang = document.lang ?? "en";
  // Enough around the place for any word; whole books may be one block.
  const from = Math.max(0, offset - 200);
  const near = text.slice(from, offset + 200);
  const found = segmenter(lang)
    .segment(near)
    .containing(Math.min(offset - from, near.length - 1));
  if (!found) return null;
  const start = from + found.index;
  return { blockId, start, end: start + found.segment.length };
}

export function wholeBlock(document: Document, blockId: string): TextRange | null {
  const block = indexDocument(document).byId.get(blockId)?.block;
  const length = block ? ownText(block).length : 0;
  return length > 0 ? { blockId, start: 0, end: length } : null;
}

function segmenter(lang: string): Intl.Segmenter {
  const known = words.get(lang);
  if (known) return known;
  let made: Intl.Segmenter;
  try {
    made = new Intl.Segmenter(lang, { granularity: "word" });
  } catch {
    // The page named a language that is none.
    made = new Intl.Segmenter(undefined, { granularity: "word" });
  }
  words.set(lang, made);
  return made;
}
