import type { LiveView } from "#services/live/tab/tab-host.ts";

/** Where a place of the page, in its CSS pixels, stands in the view that Chromium is told of: in the panel's own. */
export function viewPoint({ viewport, zoom }: LiveView, { x, y }: { x: number; y: number }) {
  const density = viewport.dpr * zoom;
  return { x: x * density, y: y * density };
}
