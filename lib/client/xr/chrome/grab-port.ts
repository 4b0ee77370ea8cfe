import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";

/** What takes hold of panels; the chrome only says where somebody pressed. */
export interface GrabPort {
  startMove(panelId: string, event: ScenePointerEvent): void;
  startResize(panelId: string, corner: "left" | "right", event: ScenePointerEvent): void;
}

let port: GrabPort | null = null;

/** Returns how to take it back. */
export function setGrabPort(grab: GrabPort): () => void {
  port = grab;
  return () => {
    if (port === grab) port = null;
  };
}

export function getGrabPort(): GrabPort | null {
  return port;
}
