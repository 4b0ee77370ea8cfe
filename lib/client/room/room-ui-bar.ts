import { createStore } from "zustand/vanilla";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { findPanel } from "#lib/core/space/session.ts";

/** A ray on its way across a panel does not call the bar to it. */
const SETTLE_MS = 180;

/** Which panel has the full bar: the one pointed at last, or the one that became active since. */
export const barPanelStore = createStore<{ panelId: string | null }>(() => ({ panelId: null }));

/** Follows pointing and focus. Returns how to stop. */
export function followBarPanel(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const choose = (panelId: string | null) => {
    clearTimeout(timer);
    if (barPanelStore.getState().panelId !== panelId) barPanelStore.setState({ panelId });
  };
  choose(browserStore.getState().session.activeId);
  const stopPointing = roomPanelStore.subscribe(({ pointedId, heldIds }, previous) => {
    if (pointedId === previous.pointedId) return;
    clearTimeout(timer);
    // What is held keeps its bar, whatever it is carried past.
    if (pointedId === null || heldIds.length > 0) return;
    timer = setTimeout(choose, SETTLE_MS, pointedId);
  });
  const stopFocus = browserStore.subscribe(({ session }, previous) => {
    const { panelId } = barPanelStore.getState();
    if (session.activeId !== previous.session.activeId || !findPanel(session, panelId))
      choose(session.activeId);
  });
  return () => {
    clearTimeout(timer);
    stopPointing();
    stopFocus();
  };
}

/** Calls the bar to a panel whose title is pointed at or pressed. */
export function callBar(panelId: string): void {
  barPanelStore.setState({ panelId });
}
