import type { LiveTab } from "#lib/client/live/live-tab.ts";

export interface PagePoint {
  x: number;
  y: number;
}

/** Where a place in the window lies on the page, in the page's own CSS pixels. */
export function pagePoint(
  tab: LiveTab,
  element: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
): PagePoint {
  const { left, top, width, height } = element.getBoundingClientRect();
  const { viewport, zoom } = tab.store.getState();
  return {
    x: round(((clientX - left) / Math.max(1, width)) * (viewport.width / zoom)),
    y: round(((clientY - top) / Math.max(1, height)) * (viewport.height / zoom)),
  };
}

function round(value: number): number {
  return Math.min(10_000, Math.max(-10_000, Math.round(value * 100) / 100));
}
