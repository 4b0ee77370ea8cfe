import { Vector3 } from "three";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { type CuePlace, playCue } from "#lib/client/xr/audio/room-sound.ts";
import { getGrab } from "#lib/client/xr/panel/panel-grab.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { passesDetent } from "#lib/core/room-audio/voices.ts";

/** What was held and how far the pointed page was scrolled in the last frame. */
export interface HandListener {
  grabbedId: string | null;
  scrolledId: string | null;
  scrollPx: number;
}

export function createHandListener(): HandListener {
  return { grabbedId: null, scrolledId: null, scrollPx: 0 };
}

const place = new Vector3();

/** Where a panel is in the world; null when it is not drawn (any more). The answer holds until the next question. */
export function placeOfPanel(panelId: string): CuePlace | null {
  for (let index = 0; index < roomPanels.length; index += 1) {
    const panel = roomPanels[index];
    if (panel?.id === panelId) return panel.object.getWorldPosition(place);
  }
  return null;
}

/** One frame: hears a panel being taken, put down or scrolled. Allocates nothing but what sounds. */
export function listenToHands(state: HandListener): void {
  let grabbedId: string | null = null;
  const { pointedId } = roomPanelStore.getState();
  for (let index = 0; index < roomPanels.length; index += 1) {
    const panel = roomPanels[index];
    if (!panel) continue;
    if (getGrab(panel.id)) grabbedId = panel.id;
    if (panel.id !== pointedId) continue;
    const { scrollPx } = panel.content;
    if (state.scrolledId === panel.id && passesDetent(state.scrollPx, scrollPx))
      playCue("detent", placeOfPanel(panel.id));
    state.scrolledId = panel.id;
    state.scrollPx = scrollPx;
  }
  if (grabbedId === state.grabbedId) return;
  const changed = grabbedId ?? state.grabbedId;
  if (changed !== null) playCue(grabbedId === null ? "release" : "grab", placeOfPanel(changed));
  state.grabbedId = grabbedId;
}
