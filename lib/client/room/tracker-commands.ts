import { targetShown } from "#lib/client/commands/target.ts";
import { roomPartsStore } from "#lib/client/room/room-parts-store.ts";
import { setView, viewStore } from "#lib/client/store/view-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";

const isShown = (panelId: string | undefined) =>
  panelId !== undefined && roomPartsStore.getState().constellationPanelId === panelId;

export const trackerCommands: readonly Command[] = [
  {
    id: "trackers.constellation",
    group: "Page",
    title: (args) =>
      isShown(targetShown(args)?.id)
        ? "Hide who watches this page"
        : "Show who watches this page, in the room",
    aliases: ["trackers", "constellation", "privacy"],
    arguments: [
      { name: "panelId", description: "The tab meant; the active one when absent", required: false },
    ],
    enabled: (args) => targetShown(args) !== undefined,
    checked: (args) => isShown(targetShown(args)?.id),
    run: (args) => {
      const panelId = targetShown(args)?.id ?? null;
      const isFlat = viewStore.getState().view === "flat";
      roomPartsStore.setState(({ constellationPanelId }) => ({
        constellationPanelId: constellationPanelId === panelId && !isFlat ? null : panelId,
      }));
      if (isFlat) setView("room");
    },
  },
];
