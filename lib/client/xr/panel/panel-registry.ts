import type { WebGLRenderer } from "three";
import { createLayerMaker } from "#lib/client/xr/panel/layer-surface.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import type { MakeSurfaceLayer } from "#lib/client/xr/panel/panel-surface.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** The panels that are drawn now, in the order they came. An array, so that frames walk it without an iterator. */
export const roomPanels: PanelCore[] = [];

const listeners = new Set<() => void>();

export function addRoomPanel(panel: PanelCore): () => void {
  roomPanels.push(panel);
  tell();
  return () => {
    const index = roomPanels.indexOf(panel);
    if (index >= 0) roomPanels.splice(index, 1);
    tell();
  };
}

export function findRoomPanel(panelId: string): PanelCore | undefined {
  return roomPanels.find(({ id }) => id === panelId);
}

export function watchRoomPanels(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

const makers = new WeakMap<WebGLRenderer, MakeSurfaceLayer>();

export function getLayerMaker(renderer: WebGLRenderer): MakeSurfaceLayer {
  const maker = makers.get(renderer) ?? createLayerMaker(renderer, xrStore);
  makers.set(renderer, maker);
  return maker;
}
