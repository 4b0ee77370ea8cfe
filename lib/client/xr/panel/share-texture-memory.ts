import type { WebGLRenderer } from "three";
import { getSession } from "#lib/client/store/browser-store.ts";
import { TILE_HEIGHT_PX } from "#lib/client/surface/tile-window.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { roomQuality } from "#lib/client/xr/panel/room-quality.ts";
import { angularHeightDeg, angularWidthDeg } from "#lib/core/layout/panel-shape.ts";
import { distributeTextureBudget } from "#lib/core/quality/distribute-texture-budget.ts";

/** What a headset of today resolves in the middle; a screen is asked. */
const HEADSET_PX_PER_DEG = 28;
const SCALE_STEP = 0.25;
const SCALE_MIN = 0.5;
/** Each time the device runs out of memory, panels have to do with less. */
const LESS = 0.7;
const BUDGET_SHARE_MIN = 0.2;

let memoryShare = 1;

/** Gives each panel its sharpness out of one budget. Called when panels, poses, focus or quality change. */
export function shareTextureMemory(renderer: WebGLRenderer, screenPixelsPerDegree: number): void {
  const pixelsPerDegree = renderer.xr.isPresenting ? HEADSET_PX_PER_DEG : screenPixelsPerDegree;
  const { quality } = roomQuality;
  const { activeId } = getSession();
  const panels = roomPanels.map(({ id, engine, legible, pose }) => ({
    id,
    focused: id === activeId,
    visible: true,
    angularAreaDeg2: angularWidthDeg(pose) * angularHeightDeg(pose),
    cssWidth: legible.cssWidth,
    cssHeight: legible.cssHeight,
    streamed: engine === "live",
  }));
  const shares = distributeTextureBudget(panels, quality.tileBudgetBytes * memoryShare, {
    pixelsPerDegree,
    // A texture takes memory by the square of its scale.
    textureScale: quality.textureScale * Math.sqrt(memoryShare),
    tileHeightPx: TILE_HEIGHT_PX,
  });
  for (const panel of roomPanels) {
    const scale = shares.get(panel.id)?.scale ?? SCALE_MIN;
    // Tiles come in steps of a quarter: the next lower one stays within the budget.
    panel.setScale(Math.max(SCALE_MIN, Math.floor(scale / SCALE_STEP) * SCALE_STEP), pixelsPerDegree);
  }
}

/** Pixels of the canvas in a degree of its view; a little more, for the mipmaps. */
export function screenPxPerDeg(heightPx: number, fovDeg: number): number {
  return (heightPx / fovDeg) * 1.1;
}

/**
 * Asks the driver whether it ran out of memory since the last call, which only a
 * rebuilt texture can cause. True: there is less to share out from now on.
 */
export function noticeOutOfMemory(renderer: WebGLRenderer): boolean {
  const gl = renderer.getContext();
  let error = gl.getError();
  // There is one flag for each kind of error.
  for (let turn = 0; turn < 8 && error !== gl.NO_ERROR && error !== gl.OUT_OF_MEMORY; turn++)
    error = gl.getError();
  if (error !== gl.OUT_OF_MEMORY) return false;
  memoryShare = Math.max(BUDGET_SHARE_MIN, memoryShare * LESS);
  return true;
}
