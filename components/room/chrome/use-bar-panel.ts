import { useStore } from "zustand";
import { barPanelStore } from "#lib/client/room/room-ui-bar.ts";

/** The panel that has the full bar now. */
export function useBarPanelId(): string | null {
  return useStore(barPanelStore, ({ panelId }) => panelId);
}
