import type { WorldScope } from "#services/live/world/world-scope.ts";

/** Answers what lies under a point and what is selected. */
export function inspectPage(qui: WorldScope): void {
  const TEXT_MAX = 100_000;

  function deepest(x: number, y: number): Element | null {
    let element = document.elementFromPoint(x, y);
    while (element?.shadowRoot) {
      const inner = element.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === element) break;
      element = inner;
    }
    return element;
  }

  /** Whether the page kept the last right click for itself. */
  let taken = false;
  window.addEventListener("contextmenu", (event) => {
    taken = event.defaultPrevented;
  });
  window.addEventListener(
    "mousedown",
    () => {
      taken = false;
    },
    { capture: true, passive: true },
  );

  qui.offer("context", (x: number, y: number) => {
    const element = deepest(x, y);
    const link = element?.closest<HTMLAnchorElement | SVGAElement>("a[href]");
    const href = link instanceof HTMLAnchorElement ? link.href : (link?.href.baseVal ?? "");
    const image =
      element instanceof HTMLImageElement
        ? element
        : document.elementsFromPoint(x, y).find((under) => under instanceof HTMLImageElement);
    const isField =
      element instanceof HTMLTextAreaElement ||
      (element instanceof HTMLInputElement && element.selectionStart !== null);
    return {
      frame: element instanceof HTMLIFrameElement,
      linkUrl: href.slice(0, 8192),
      imageUrl: (image?.currentSrc || image?.src || "").slice(0, 65_536),
      selection: (getSelection()?.toString() ?? "").slice(0, TEXT_MAX),
      editable: isField || (element instanceof HTMLElement && element.isContentEditable),
      taken,
    };
  });

  qui.offer("selection", () => (getSelection()?.toString() ?? "").slice(0, TEXT_MAX));
}
