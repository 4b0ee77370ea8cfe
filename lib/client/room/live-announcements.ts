import { type LiveDownload, liveDownloadStore } from "#lib/client/live/features/follow-downloads.ts";
import { liveFeatureStore } from "#lib/client/live/features/live-feature-store.ts";
import { openRoomPage } from "#lib/client/room/room-ui-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";

/**
 * What the flat view draws over a live page, told in the room: a file that came
 * unasked, the connection, the source. Returns how to stop.
 */
export function announceLiveFeatures(): () => void {
  const isInRoom = () => viewStore.getState().view !== "flat";
  const told = new Set<string>();
  const tellDownloads = ({ downloads }: { downloads: readonly LiveDownload[] }) => {
    if (!isInRoom()) return;
    for (const { id, name, state } of downloads) {
      if (state !== "ready" || told.has(id)) continue;
      told.add(id);
      showToast(`The page sent ${name}`, { label: "Downloads", command: "room.downloads" });
    }
    for (const id of told) if (!downloads.some((each) => each.id === id)) told.delete(id);
  };
  tellDownloads(liveDownloadStore.getState());
  const stops = [
    liveDownloadStore.subscribe(tellDownloads),
    liveFeatureStore.subscribe(({ securityPanelId, source }, previous) => {
      if (!isInRoom()) return;
      if (securityPanelId !== null && securityPanelId !== previous.securityPanelId)
        openRoomPage("connection");
      // It stays open there: nobody reads a long source on a menu.
      if (source !== null && source !== previous.source)
        showToast("The source is shown in the flat view", { label: "Leave the room", command: "view.flat" });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
