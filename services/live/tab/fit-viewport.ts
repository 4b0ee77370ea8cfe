import type { LiveViewport } from "#lib/protocol/live.ts";

/** The same size in CSS pixels, as dense as so many device pixels allow. */
export function fitViewport(viewport: LiveViewport, megapixelsMax: number): LiveViewport {
  const { width, height, dpr } = viewport;
  const densest = Math.sqrt((megapixelsMax * 1e6) / (width * height));
  return dpr <= densest ? viewport : { width, height, dpr: Math.floor(densest * 100) / 100 };
}
