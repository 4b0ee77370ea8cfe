import {
  materializeRichInlineLineRange,
  prepareRichInline,
  type RichInlineLine,
  walkRichInlineLineRanges,
} from "@chenglou/pretext/rich-inline";
import { holdsRtl, splitByDirection, visualOrder } from "#lib/client/surface/engine/direction.ts";
import type { DisplayList, TextMark } from "#lib/client/surface/engine/display-list.ts";
import { type InlineItem, toInlineItems } from "#lib/client/surface/engine/inline-items.ts";
import type { LayoutContext, Room } from "#lib/client/surface/engine/layout-context.ts";
import { fontOf, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import type { Run } from "#lib/protocol/document.ts";

export interface TextBlock {
  runs: readonly Run[];
  style: TextStyle;
  room: Room;
  y: number;
  /** Null: text of ours, which is not selected. */
  blockId: string | null;
  /** Where the runs begin in the block's text. */
  offset?: number;
  align?: "start" | "center" | "end";
  isJustified?: boolean;
  /** Lines that are kept as they are: code. */
  isPreformatted?: boolean;
  linesMax?: number;
}

export type PreparedText = { items: InlineItem[]; prepared: ReturnType<typeof prepareRichInline> };

/** Breaks Korean only between words, as its readers know it. */
const KEEP_ALL = /^ko\b/i;

export function prepareText(
  context: LayoutContext,
  text: Pick<TextBlock, "runs" | "style" | "offset" | "isPreformatted">,
): PreparedText {
  const items = toInlineItems(context, text.runs, text.style, text.offset ?? 0);
  const prepared = prepareRichInline(
    items.map(({ text, font, letterSpacingPx, padPx }) => ({
      text,
      font,
      letterSpacing: letterSpacingPx,
      extraWidth: 2 * padPx,
    })),
    {
      whiteSpace: text.isPreformatted ? "pre-wrap" : "normal",
      wordBreak: KEEP_ALL.test(context.document.lang ?? "") ? "keep-all" : "normal",
    },
  );
  return { items, prepared };
}

/** Sets runs in lines. Returns their height; nothing to set has none. */
export function layoutText(context: LayoutContext, text: TextBlock, list: DisplayList): number {
  const { items, prepared } = prepareText(context, text);
  if (items.length === 0) return 0;
  const { style, room, linesMax = Number.POSITIVE_INFINITY } = text;
  const { ascent, descent } = context.metrics.extent(fontOf(style));
  const baseline = (style.lineHeightPx - ascent - descent) / 2 + ascent;
  const isBidi = room.dir === "rtl" || items.some((item) => holdsRtl(item.text));
  let count = 0;
  let held: RichInlineLine | null = null;
  const place = (line: RichInlineLine, isLast: boolean): void => {
    const top = text.y + count * style.lineHeightPx;
    const placement = { context, text, items, line, top, baseline: top + baseline, isBidi };
    placeLine(placement, isLast, list);
    count++;
  };
  walkRichInlineLineRanges(prepared, room.width, (range) => {
    if (held && count < linesMax) place(held, false);
    held = materializeRichInlineLineRange(prepared, range);
  });
  if (held && count < linesMax) place(held, true);
  return count * style.lineHeightPx;
}

interface LinePlacement {
  context: LayoutContext;
  text: TextBlock;
  items: readonly InlineItem[];
  line: RichInlineLine;
  top: number;
  baseline: number;
  isBidi: boolean;
}

interface Piece {
  item: InlineItem;
  text: string;
  start: number;
  end: number;
  width: number;
  gapBefore: number;
  level: number;
}

function placeLine(placement: LinePlacement, isLast: boolean, list: DisplayList): void {
  const { text, line, top, baseline } = placement;
  const { room, align = "start", style } = text;
  const pieces = cutPieces(placement);
  const wordSpacingPx = text.isJustified && !isLast ? stretch(pieces, room.width - line.width) : 0;
  const width = pieces.reduce((sum, piece) => sum + piece.gapBefore + piece.width, 0);
  const isAtRight = (align === "start" && room.dir === "rtl") || (align === "end" && room.dir === "ltr");
  let x = room.x + (align === "center" ? (room.width - width) / 2 : isAtRight ? room.width - width : 0);
  const ordered = placement.isBidi ? visualOrder(pieces) : pieces;
  for (const piece of ordered) {
    const { item } = piece;
    const isRtl = piece.level % 2 === 1;
    if (!isRtl) x += piece.gapBefore;
    const mark: TextMark = {
      kind: "text",
      x,
      y: baseline + item.shiftPx,
      width: piece.width,
      text: piece.text,
      font: item.font,
      letterSpacingPx: item.letterSpacingPx,
      wordSpacingPx,
      color: item.color,
      isRtl,
      top,
      height: style.lineHeightPx,
      blockId: text.blockId,
      start: item.offset + item.sourceOf(piece.start),
      end: item.offset + item.sourceOf(piece.end),
      href: item.href,
      underline: item.underline,
      isStruck: item.isStruck,
      sizePx: item.sizePx,
      background: item.background,
    };
    list.marks.push(mark);
    x += piece.width + (isRtl ? piece.gapBefore : 0);
  }
}

function cutPieces({ context, text, items, line, isBidi }: LinePlacement): Piece[] {
  const pieces: Piece[] = [];
  for (const fragment of line.fragments) {
    const item = items[fragment.itemIndex];
    if (!item || fragment.text === "" || fragment.text === "\n") continue;
    const whole = {
      item,
      text: fragment.text.replace(/\n$/, ""),
      start: fragment.sourceStart,
      end: fragment.sourceEnd,
      width: fragment.occupiedWidth,
      gapBefore: fragment.gapBefore,
      level: text.room.dir === "rtl" ? 1 : 0,
    };
    if (!isBidi) {
      pieces.push(whole);
      continue;
    }
    const turns = splitByDirection(whole.text, text.room.dir);
    const only = turns[0];
    if (turns.length === 1 && only) {
      pieces.push({ ...whole, level: only.level });
      continue;
    }
    const widths = turns.map(({ start, end }) =>
      context.metrics.width(whole.text.slice(start, end), item.font, item.letterSpacingPx),
    );
    const factor = whole.width / widths.reduce((sum, width) => sum + width, 0);
    turns.forEach(({ start, end, level }, index) => {
      pieces.push({
        item,
        text: whole.text.slice(start, end),
        start: whole.start + start,
        end: index === turns.length - 1 ? whole.end : whole.start + end,
        width: (widths[index] ?? 0) * factor,
        gapBefore: index === 0 ? whole.gapBefore : 0,
        level,
      });
    });
  }
  return pieces;
}

/** Shares what a line lacks among its spaces, unless they would become holes. Returns what each got. */
function stretch(pieces: readonly Piece[], missingPx: number): number {
  const inside = pieces.map(({ text }) => text.split(" ").length - 1);
  const count =
    inside.reduce((sum, spaces) => sum + spaces, 0) + pieces.filter((p) => p.gapBefore > 0).length;
  const size = pieces[0]?.item.sizePx ?? 16;
  const share = missingPx / count;
  if (count === 0 || share <= 0 || share > size * 0.6) return 0;
  pieces.forEach((piece, index) => {
    piece.width += (inside[index] ?? 0) * share;
    if (piece.gapBefore > 0) piece.gapBefore += share;
  });
  return share;
}
