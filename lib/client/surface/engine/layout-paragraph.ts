import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import type { LayoutContext, LayoutSteps, Room } from "#lib/client/surface/engine/layout-context.ts";
import { layoutText, type TextBlock } from "#lib/client/surface/engine/layout-text.ts";
import { fontOf, sansStyle } from "#lib/client/surface/engine/typography.ts";
import { splitLongText } from "#lib/core/reading/split-long-text.ts";
import type { ParagraphBlock, Run } from "#lib/protocol/document.ts";

/** Characters set in one step; a longer text is set in pieces, each from a new line on. */
const PIECE_MAX = 6000;

export function* layoutLongText(
  context: LayoutContext,
  text: TextBlock,
  list: DisplayList,
): LayoutSteps<number> {
  let at = text.y;
  let offset = text.offset ?? 0;
  for (const runs of splitRuns(text.runs)) {
    at += layoutText(context, { ...text, runs, y: at, offset }, list);
    offset += runs.reduce((sum, run) => sum + run.text.length, 0);
    if (text.runs !== runs) {
      list.reachedPx = at;
      yield;
    }
  }
  return at;
}

function splitRuns(runs: readonly Run[]): (readonly Run[])[] {
  const length = runs.reduce((sum, run) => sum + run.text.length, 0);
  if (length <= PIECE_MAX) return [runs];
  const pieces: Run[][] = [[]];
  let filled = 0;
  for (const run of runs) {
    for (const text of splitLongText(run.text, PIECE_MAX)) {
      if (filled > 0 && filled + text.length > PIECE_MAX) {
        pieces.push([]);
        filled = 0;
      }
      pieces.at(-1)?.push({ ...run, text });
      filled += text.length;
    }
  }
  return pieces;
}

/** Height of a button in CSS pixels at the usual text size: a target of 2.5° where 16 px are 0.6°. */
const BUTTON_PX = 68;

/** Commands of our own documents stand side by side as buttons; the first is the main one. */
export function layoutButtons(
  context: LayoutContext,
  block: ParagraphBlock,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const { typography } = context;
  const unit = typography.emPx / 18;
  const style = sansStyle(typography, 0.9, 1.3, { weight: 500 });
  const [height, gap, pad] = [BUTTON_PX * unit, 12 * unit, 24 * unit];
  let x = 0;
  let top = y;
  let offset = 0;
  block.runs.forEach((run, index) => {
    const width = Math.min(room.width, context.metrics.width(run.text, fontOf(style)) + 2 * pad + 2);
    if (x > 0 && x + width > room.width) {
      x = 0;
      top += height + gap;
    }
    const left = room.dir === "ltr" ? room.x + x : room.x + room.width - x - width;
    const isMain = index === 0;
    list.addBox({
      ...{ x: left, y: top, width, height, radiusPx: 10 * unit },
      ...(isMain ? { fill: "accent" } : { fill: "raised", stroke: "line" }),
    });
    const lineY = top + (height - style.lineHeightPx) / 2;
    const label = { ...style, color: isMain ? "onAccent" : "ink" } as const;
    const inside = { x: left, width, dir: room.dir };
    const text = {
      runs: [{ text: run.text }],
      style: label,
      room: inside,
      y: lineY,
      blockId: block.id,
      offset,
    };
    layoutText(context, { ...text, align: "center", linesMax: 1 }, list);
    const href = run.href ?? null;
    list.areas.push({ x: left, y: top, width, height, blockId: block.id, href, action: null });
    x += width + gap;
    offset += run.text.length;
  });
  return top + height;
}
