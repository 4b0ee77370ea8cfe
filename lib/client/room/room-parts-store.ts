import { createStore } from "zustand/vanilla";

/** Parts of the room that are shown for a while; none of it is kept. */
export interface RoomParts {
  hasTrailMap: boolean;
  /** The panel whose watchers are shown around it. */
  constellationPanelId: string | null;
}

export const roomPartsStore = createStore<RoomParts>(() => ({
  hasTrailMap: false,
  constellationPanelId: null,
}));
