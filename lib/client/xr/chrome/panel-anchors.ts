import type { Object3D } from "three";
import { createStore } from "zustand/vanilla";

export interface PanelAnchor {
  /** Stands in the middle of the panel, facing the person. */
  object: Object3D;
  widthM: number;
  heightM: number;
}

/** Where panels stand and how large they are, for the one bar that goes from panel to panel. */
export const panelAnchorStore = createStore<{ anchors: Readonly<Record<string, PanelAnchor>> }>(() => ({
  anchors: {},
}));

/** Returns how to take it back. */
export function registerAnchor(panelId: string, anchor: PanelAnchor): () => void {
  panelAnchorStore.setState(({ anchors }) => ({ anchors: { ...anchors, [panelId]: anchor } }));
  return () => {
    panelAnchorStore.setState(({ anchors }) => {
      if (anchors[panelId] !== anchor) return { anchors };
      const { [panelId]: _, ...rest } = anchors;
      return { anchors: rest };
    });
  };
}
