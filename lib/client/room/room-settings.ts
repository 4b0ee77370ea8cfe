import { createStore } from "zustand/vanilla";
import {
  DEFAULT_ROOM_SETTINGS,
  type RoomSettings,
  readRoomSettings,
} from "#lib/core/room-ui/room-settings.ts";

const STORAGE_KEY = "qui-room-settings";

/**
 * The settings of the room, kept on this device and read when this module loads:
 * the first frame is drawn with them.
 */
export const roomSettingsStore = createStore<RoomSettings>(() => readRoomSettings(readStored()));

/** What one window changes, the others take over. */
if (typeof window !== "undefined") {
  window.addEventListener("storage", (event) => {
    if (event.key === STORAGE_KEY || event.key === null)
      roomSettingsStore.setState(readRoomSettings(readStored()));
  });
}

export function updateRoomSettings(change: Partial<RoomSettings>): void {
  roomSettingsStore.setState(change);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(roomSettingsStore.getState()));
  } catch {
    // Storage is full or switched off: the setting holds for this window.
  }
}

export function resetRoomSettings(): void {
  updateRoomSettings(DEFAULT_ROOM_SETTINGS);
}

function readStored(): string | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // Storage is switched off.
  }
}
