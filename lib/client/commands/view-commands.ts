import { keepVisibleScrolls } from "#lib/client/commands/open-page.ts";
import { setView, type View, viewStore } from "#lib/client/store/view-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";

const isFlat = () => viewStore.getState().view === "flat";
const hasXr = () => typeof navigator !== "undefined" && "xr" in navigator;

/** From the flat view the room comes first and enters as soon as it stands. */
function enter(mode: "vr" | "ar"): void {
  keepVisibleScrolls();
  viewStore.setState(({ view }) => {
    const cameFrom = view === "flat" ? "flat" : "room";
    return { wanted: mode, cameFrom, view: view === "flat" ? "room" : view };
  });
}

/** What is drawn goes away with its view; where it was read stays. */
function change(view: View): void {
  keepVisibleScrolls();
  setView(view);
}

export const viewCommands: readonly Command[] = [
  {
    id: "view.room",
    group: "Space",
    title: "Open the room",
    aliases: ["3d", "spatial"],
    shortcuts: [{ keys: "Alt+V" }],
    enabled: isFlat,
    run: () => change("room"),
  },
  {
    id: "view.flat",
    group: "Space",
    title: "Leave the room",
    aliases: ["flat", "2d", "exit vr"],
    shortcuts: [{ keys: "Alt+V" }],
    enabled: () => !isFlat(),
    run: () => change("flat"),
  },
  {
    id: "view.vr",
    group: "Space",
    title: "Enter VR",
    aliases: ["virtual reality", "headset", "immersive"],
    enabled: () => hasXr() && viewStore.getState().view !== "immersive",
    run: () => enter("vr"),
  },
  {
    id: "view.ar",
    group: "Space",
    title: "Enter passthrough",
    aliases: ["augmented reality", "ar", "mixed reality"],
    enabled: () => hasXr() && viewStore.getState().view !== "immersive",
    run: () => enter("ar"),
  },
];
