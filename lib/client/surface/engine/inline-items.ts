import type { TextMark } from "#lib/client/surface/engine/display-list.ts";
import type { LayoutContext } from "#lib/client/surface/engine/layout-context.ts";
import type { ColorName } from "#lib/client/surface/engine/theme-colors.ts";
import { fontOf, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import { isWebUrl } from "#lib/core/reading/link-target.ts";
import type { Run } from "#lib/protocol/document.ts";

/** A run with everything its marks and its address mean for measuring and painting. */
export interface InlineItem {
  text: string;
  font: string;
  sizePx: number;
  letterSpacingPx: number;
  color: ColorName;
  padPx: number;
  /** Below the baseline. */
  shiftPx: number;
  href: string | null;
  underline: TextMark["underline"];
  isStruck: boolean;
  background: TextMark["background"];
  /** Where the run begins in its block's text. */
  offset: number;
  /** Place in the run's own text of a place in `text`, which differs where tabs were widened. */
  sourceOf: (place: number) => number;
}

/** Scripts without italics set emphasis heavier instead. */
const UPRIGHT = /^(zh|ja|ko|ar|fa|he|ur)\b/i;
const TAB_COLUMNS = 4;
const same = (place: number): number => place;

export function toInlineItems(
  context: LayoutContext,
  runs: readonly Run[],
  style: TextStyle,
  offset: number,
): InlineItem[] {
  const items: InlineItem[] = [];
  let at = offset;
  for (const run of runs) {
    if (run.text) items.push(toItem(context, run, style, at));
    at += run.text.length;
  }
  return items;
}

function toItem(context: LayoutContext, run: Run, base: TextStyle, offset: number): InlineItem {
  const { typography, document, isOwn } = context;
  const marks = new Set(run.marks);
  const isScript = marks.has("sup") || marks.has("sub");
  const isCode = marks.has("code") && base.family !== typography.monoFamily;
  const isEmphasised = marks.has("italic") && UPRIGHT.test(document.lang ?? "");
  const href = allowedHref(run.href, isOwn);
  const isNote = href !== null && marks.has("sup");
  const sizePx = Math.round(base.sizePx * (isScript ? 0.72 : 1) * (isCode ? 0.86 : 1) * 100) / 100;
  const heavier = marks.has("bold") ? 650 : isEmphasised || isNote ? 600 : base.weight;
  const font = fontOf({
    ...base,
    sizePx,
    weight: Math.max(base.weight, heavier),
    isItalic: base.isItalic || (marks.has("italic") && !isEmphasised),
    family: isCode ? typography.monoFamily : base.family,
  });
  const expanded = run.text.includes("\t") ? expandTabs(run.text) : null;
  return {
    text: expanded?.text ?? run.text,
    sourceOf: expanded?.sourceOf ?? same,
    font,
    sizePx,
    letterSpacingPx: base.letterSpacingPx,
    color: isNote ? "accent" : base.color,
    padPx: isCode ? Math.round(sizePx * 0.32) : 0,
    shiftPx: marks.has("sup") ? -0.36 * base.sizePx : marks.has("sub") ? 0.18 * base.sizePx : 0,
    href,
    underline:
      href && !isNote
        ? { color: "linkLine", offsetPx: sizePx * 0.18, thicknessPx: Math.max(1, sizePx * 0.07) }
        : null,
    isStruck: marks.has("strike"),
    background: isCode
      ? { color: "sunken", padPx: Math.round(sizePx * 0.32), radiusPx: 4 }
      : marks.has("mark")
        ? { color: "mark", padPx: 0, radiusPx: 2 }
        : null,
    offset,
  };
}

/** What the model allows. Commands are for documents of our own; whatever else comes is text and no link. */
export function allowedHref(href: string | undefined, isOwn: boolean): string | null {
  if (!href) return null;
  if (isWebUrl(href) || /^(#|mailto:|tel:)/i.test(href)) return href;
  return isOwn && href.startsWith("qui:command/") ? href : null;
}

/** Widens tabs to the next of every four columns, and knows where each letter came from. */
function expandTabs(text: string): { text: string; sourceOf: (place: number) => number } {
  const sources: number[] = [];
  let wide = "";
  let column = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const copies = character === "\t" ? TAB_COLUMNS - (column % TAB_COLUMNS) : 1;
    for (let copy = 0; copy < copies; copy++) sources.push(at);
    wide += character === "\t" ? " ".repeat(copies) : character;
    column = character === "\n" ? 0 : column + copies;
  }
  return { text: wide, sourceOf: (place) => sources[place] ?? text.length };
}
