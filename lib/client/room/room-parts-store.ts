import { createStore } from "zustand/vanilla";

/** Parts of the room that are shown for a while; none of it is kept. */
export interface RoomParts {
  hasTrailMap: boolean;
  /** Which way the middle of the map is, degrees to the right in the layout. */
  mapAzimuthDeg: number;
  /** The panel whose watchers are shown around it. */
  constellationPanelId: string | null;
}

export const roomPartsStore = createStore<RoomParts>(() => ({
  hasTrailMap: false,
  mapAzimuthDeg: 0,
  constellationPanelId: null,
}));
