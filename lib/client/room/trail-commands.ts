import { openPage } from "#lib/client/commands/open-page.ts";
import { showPanel } from "#lib/client/commands/tab-commands.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import { gaze } from "#lib/client/room/layout-gaze.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomPartsStore } from "#lib/client/room/room-parts-store.ts";
import { getPagePanel, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";
import { setView, viewStore } from "#lib/client/store/view-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { findPanel, withSpace } from "#lib/core/space/session.ts";
import { clearTrail } from "#lib/core/space/trail.ts";
import { pageKey } from "#lib/core/trail/followed-link.ts";

const hasTrail = () => getSession().space.trail.length > 0;

export const trailCommands: readonly Command[] = [
  {
    id: "trail.list",
    group: "Space",
    title: "Link trail…",
    aliases: ["history of links", "where did I come from", "research map"],
    run: () => openDialog("trail"),
  },
  {
    id: "trail.map",
    group: "Space",
    title: () =>
      roomPartsStore.getState().hasTrailMap ? "Close the trail map" : "Trail as a map in the room",
    aliases: ["link trail", "history map"],
    checked: () => roomPartsStore.getState().hasTrailMap && viewStore.getState().view !== "flat",
    run: () => {
      const isFlat = viewStore.getState().view === "flat";
      // From the flat view one comes to see the map, whatever it was before, and looks at the active panel.
      const { activeId } = getSession();
      const mapAzimuthDeg = isFlat
        ? (findPanel(getSession(), activeId)?.pose.azimuthDeg ?? 0)
        : gaze.azimuthDeg;
      roomPartsStore.setState(({ hasTrailMap }) => ({ hasTrailMap: isFlat || !hasTrailMap, mapAzimuthDeg }));
      stirRoom();
      if (isFlat) setView("room");
    },
  },
  {
    id: "trail.open",
    group: "Space",
    title: "Open page of the trail",
    arguments: [
      { name: "url", description: "The page's address", required: true },
      { name: "panelId", description: "The tab it was last seen in", required: false },
    ],
    run: openFromTrail,
  },
  {
    id: "trail.clear",
    group: "Space",
    title: "Clear the link trail",
    enabled: hasTrail,
    run: () => {
      const { id, trail } = getSession().space;
      updateSession(clearTrail);
      offerUndo("Link trail cleared", async () => {
        // Links followed since stay; another space has its own.
        updateSession((session) =>
          session.space.id === id
            ? withSpace(session, { trail: [...trail, ...session.space.trail].slice(-1000) })
            : session,
        );
      });
    },
  },
];

/** Goes to the panel that still shows the page; otherwise opens it in a tab of its own. */
function openFromTrail({ url = "", panelId }: CommandArgs): void {
  const showing = [panelId, ...getSession().space.panels.map(({ id }) => id)].find((id) => {
    const panel = getPagePanel(id ?? null);
    return panel !== undefined && pageKey(panel.state.url) === pageKey(url);
  });
  if (showing !== undefined) showPanel(showing);
  else openPage(url, { disposition: "new-tab", private: false, typed: true });
}
