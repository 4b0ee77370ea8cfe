import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import type { LayoutContext, Room } from "#lib/client/surface/engine/layout-context.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";

export interface ListMarker {
  isOrdered: boolean;
  number: number;
  /** 1 for the outermost list. */
  depth: number;
  /** The list's room and its items'. */
  room: Room;
  inner: Room;
  y: number;
}

/** The dot, number or letter beside an item's first line. */
export function listMarker(context: LayoutContext, marker: ListMarker, list: DisplayList): void {
  const { isOrdered, number, depth, room, inner, y } = marker;
  const { emPx, body } = context.typography;
  const isRtl = room.dir === "rtl";
  if (isOrdered) {
    const gap = 0.4 * emPx;
    const width = 6 * emPx;
    const x = isRtl ? inner.x + inner.width + gap : inner.x - gap - width;
    const runs = [{ text: `${depth > 1 ? letters(number) : number}.` }];
    const style = { ...body, color: "muted" } as const;
    layoutText(
      context,
      { runs, style, room: { x, width, dir: room.dir }, y, blockId: null, align: "end" },
      list,
    );
    return;
  }
  const x = isRtl ? inner.x + inner.width + 0.7 * emPx : inner.x - 0.7 * emPx;
  const shape = depth > 1 ? "circle" : "disc";
  const middle = y + body.lineHeightPx / 2;
  list.marks.push({ kind: "shape", shape, x, y: middle, sizePx: 0.36 * emPx, color: "muted", isRtl });
}

/** 1 is a, 27 is aa (CSS `lower-alpha`); numbers below 1 stay numbers. */
export function letters(number: number): string {
  if (number < 1) return String(number);
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  }
  return text;
}
