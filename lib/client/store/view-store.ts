import { createStore } from "zustand/vanilla";

/** How the space is shown: in the DOM, in 3D on this screen, or in a WebXR session. */
export type View = "flat" | "room" | "immersive";

export interface ViewState {
  view: View;
  /** The session asked for; the room takes it as soon as it stands. */
  wanted: "vr" | "ar" | null;
  /** Where a session was asked for, and where its end leads back to. */
  cameFrom: "flat" | "room";
}

export const viewStore = createStore<ViewState>(() => ({ view: "flat", wanted: null, cameFrom: "room" }));

/** The address keeps the view, so that a reload, a link or an app shortcut comes back to it. */
const PARAMETER = "view";

export function setView(view: View): void {
  if (view === viewStore.getState().view) return;
  viewStore.setState(view === "flat" ? { view, wanted: null } : { view });
  const here = new URL(window.location.href);
  if (view === "flat") here.searchParams.delete(PARAMETER);
  else here.searchParams.set(PARAMETER, "room");
  window.history.replaceState(window.history.state, "", here.pathname + here.search);
}

/** Reads the view from the address Qui was opened with. */
export function restoreView(): void {
  if (new URL(window.location.href).searchParams.get(PARAMETER) === "room")
    viewStore.setState({ view: "room" });
}
