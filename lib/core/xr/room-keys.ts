import type { KeyPress } from "#lib/core/commands/shortcut.ts";

/** What a key does to the page that has the focus: CSS px, screenfuls, or one of its ends. */
export type KeyScroll =
  | { kind: "pixels"; x: number; y: number }
  | { kind: "pages"; y: number }
  | { kind: "end"; end: "top" | "bottom" };

/** What the big browsers scroll by with an arrow key. */
const LINE_PX = 40;

/**
 * The keys that scroll, as in every browser; null for all others, which belong to
 * shortcuts or to typing. With Ctrl, Meta or Alt a key means something else, and so
 * does Shift but for the space bar.
 */
export function keyScroll(
  press: Pick<KeyPress, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): KeyScroll | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.shiftKey && press.key !== " ") return null;
  switch (press.key) {
    case "ArrowUp":
      return { kind: "pixels", x: 0, y: -LINE_PX };
    case "ArrowDown":
      return { kind: "pixels", x: 0, y: LINE_PX };
    case "ArrowLeft":
      return { kind: "pixels", x: -LINE_PX, y: 0 };
    case "ArrowRight":
      return { kind: "pixels", x: LINE_PX, y: 0 };
    case "PageUp":
      return { kind: "pages", y: -1 };
    case "PageDown":
      return { kind: "pages", y: 1 };
    case " ":
      return { kind: "pages", y: press.shiftKey ? -1 : 1 };
    case "Home":
      return { kind: "end", end: "top" };
    case "End":
      return { kind: "end", end: "bottom" };
    default:
      return null;
  }
}

/** A screenful leaves a little of the last one in sight, so that the eye finds its line again. */
export function keyScrollPx(
  scroll: KeyScroll,
  viewportPx: number,
  contentPx: number,
): { x: number; y: number } {
  switch (scroll.kind) {
    case "pixels":
      return { x: scroll.x, y: scroll.y };
    case "pages":
      return { x: 0, y: scroll.y * Math.max(LINE_PX, viewportPx * 0.875) };
    case "end":
      return { x: 0, y: scroll.end === "top" ? -contentPx : contentPx };
  }
}
