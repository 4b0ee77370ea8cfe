import { uniformDensity } from "#lib/core/live/uniform-screen.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";

/** The same size in CSS pixels, as dense as so many device pixels allow, at a density many people have. */
export function fitViewport(viewport: LiveViewport, megapixelsMax: number): LiveViewport {
  const { width, height } = viewport;
  const dpr = uniformDensity(viewport.dpr);
  const densest = Math.sqrt((megapixelsMax * 1e6) / (width * height));
  return dpr <= densest ? { width, height, dpr } : { width, height, dpr: Math.floor(densest * 100) / 100 };
}
