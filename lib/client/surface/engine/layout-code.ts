import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import {
  inset,
  type LayoutContext,
  type LayoutSteps,
  type Room,
} from "#lib/client/surface/engine/layout-context.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";
import { sansStyle, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import type { CodeBlock, MathBlock } from "#lib/protocol/document.ts";

/** Lines set in one step. */
const LINES_STEP = 40;

/** Code keeps its lines; those longer than the column wrap, because a tile cannot scroll sideways. */
export function* layoutCode(
  context: LayoutContext,
  block: CodeBlock,
  room: Room,
  y: number,
  list: DisplayList,
): LayoutSteps<number> {
  const { typography } = context;
  const unit = typography.emPx / 18;
  const box = list.addBox({ x: room.x, y, width: room.width, fill: "sunken", stroke: "line", radiusPx: 8 });
  const inner: Room = { ...inset(room, 16 * unit), dir: "ltr" };
  let at = y + 14 * unit;
  if (block.language) {
    const style = sansStyle(typography, 0.67, 1, { weight: 500, color: "muted" });
    const barPx = 38 * unit;
    const lineY = y + (barPx - style.lineHeightPx) / 2;
    const bar = { style, room: inner, y: lineY, blockId: null };
    layoutText(context, { ...bar, runs: [{ text: block.language }] }, list);
    layoutText(context, { ...bar, runs: [{ text: "Copy" }], align: "end" }, list);
    const widthPx = Math.max(44, 72 * unit);
    const x = room.x + room.width - widthPx;
    list.areas.push({ x, y, width: widthPx, height: barPx, blockId: block.id, href: null, action: "copy" });
    at = y + barPx;
  }
  at = yield* layoutLines(
    context,
    { id: block.id, text: block.text, style: codeStyle(context) },
    inner,
    at,
    list,
  );
  box.height = at + 14 * unit - y;
  return y + box.height;
}

/** A formula as its TeX. */
export function* layoutMath(
  context: LayoutContext,
  block: MathBlock,
  room: Room,
  y: number,
  list: DisplayList,
): LayoutSteps<number> {
  const pad = 0.4 * context.typography.emPx;
  const text = { id: block.id, text: block.tex, style: codeStyle(context), align: "center" as const };
  return (yield* layoutLines(context, text, { ...room, dir: "ltr" }, y + pad, list)) + pad;
}

function codeStyle({ typography }: LayoutContext): TextStyle {
  const { body, emPx, monoFamily } = typography;
  return {
    ...body,
    family: monoFamily,
    sizePx: Math.round(emPx * 86) / 100,
    lineHeightPx: Math.round(emPx * 150) / 100,
    letterSpacingPx: 0,
  };
}

interface Lines {
  id: string;
  text: string;
  style: TextStyle;
  align?: "center";
}

function* layoutLines(
  context: LayoutContext,
  { id, text, style, align = undefined }: Lines,
  room: Room,
  y: number,
  list: DisplayList,
): LayoutSteps<number> {
  let at = y;
  let offset = 0;
  const lines = text.replace(/\n$/, "").split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const runs = [{ text: line }];
    const set = { runs, style, room, y: at, blockId: id, offset, isPreformatted: true };
    at += layoutText(context, align ? { ...set, align } : set, list) || style.lineHeightPx;
    offset += line.length + 1;
    if (index % LINES_STEP === LINES_STEP - 1) {
      list.reachedPx = at;
      yield;
    }
  }
  return at;
}
