import type { WorldScope } from "#services/live/world/world-scope.ts";

/** Tells the shape the pointer has; over plain text that is a bar, though its style says `auto`. */
export function watchCursor(qui: WorldScope): void {
  const EVERY_MS = 40;
  let told = "";
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last: { target: EventTarget | undefined; x: number; y: number } | null = null;

  function isText(element: Element, x: number, y: number): boolean {
    if (getComputedStyle(element).userSelect === "none") return false;
    const node = document.caretPositionFromPoint(x, y)?.offsetNode;
    if (node?.nodeType !== Node.TEXT_NODE || !element.contains(node)) return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some(
      (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
  }

  function look(): void {
    timer = null;
    const element = last?.target;
    if (!last || !(element instanceof Element)) return;
    const keyword = getComputedStyle(element).cursor.split(",").at(-1)?.trim() ?? "auto";
    const cursor = keyword === "auto" ? (isText(element, last.x, last.y) ? "text" : "default") : keyword;
    if (cursor === told) return;
    told = cursor;
    qui.report({ kind: "cursor", cursor });
  }

  const note = (event: MouseEvent) => {
    last = { target: event.composedPath()[0], x: event.clientX, y: event.clientY };
    if (timer === null) timer = setTimeout(look, EVERY_MS);
  };
  window.addEventListener("mousemove", note, { capture: true, passive: true });
  window.addEventListener("mouseover", note, { capture: true, passive: true });
  // Another frame may have told another shape since.
  window.addEventListener(
    "mouseout",
    (event) => {
      if (event.relatedTarget === null) told = "";
    },
    { capture: true, passive: true },
  );
}
