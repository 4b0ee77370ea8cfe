import type { WebGLRenderer } from "three";
import type { DocumentPanel } from "#lib/client/xr/panel/document-panel.ts";
import { createLayerMaker } from "#lib/client/xr/panel/layer-surface.ts";
import type { MakeSurfaceLayer } from "#lib/client/xr/panel/panel-surface.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** The panels that are drawn now, in the order they came. An array, so that frames walk it without an iterator. */
export const documentPanels: DocumentPanel[] = [];

const listeners = new Set<() => void>();

export function addDocumentPanel(panel: DocumentPanel): () => void {
  documentPanels.push(panel);
  tell();
  return () => {
    const index = documentPanels.indexOf(panel);
    if (index >= 0) documentPanels.splice(index, 1);
    tell();
  };
}

export function findDocumentPanel(panelId: string): DocumentPanel | undefined {
  return documentPanels.find(({ id }) => id === panelId);
}

export function watchDocumentPanels(listener: () => void): () => void {
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
