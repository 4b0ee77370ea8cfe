import {
  dropDownload,
  type LiveDownload,
  liveDownloadStore,
  saveDownload,
} from "#lib/client/live/features/follow-downloads.ts";
import { liveFeatureStore } from "#lib/client/live/features/live-feature-store.ts";
import { getLiveTab } from "#lib/client/live/live-tab.ts";
import { formatArrived } from "#lib/core/library/format-bytes.ts";
import { connectionFacts, connectionSentence } from "#lib/core/live/connection-facts.ts";
import type { RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";

/** What live pages are sending or have sent, above the downloads of the library. */
export function liveDownloadRows(): RoomRow[] {
  return liveDownloadStore.getState().downloads.map((download) => {
    const { id, name, state } = download;
    const isReady = state === "ready";
    return {
      id: `live ${id}`,
      label: name,
      detail: isReady ? "Press to save it" : formatArrived(download),
      icon: "download",
      disabled: !isReady,
      action: { type: "call", stays: true, run: () => save(download) },
      ...(isReady
        ? {
            side: {
              icon: "delete",
              label: `Discard ${name}`,
              action: { type: "call", stays: true, run: () => dropDownload(id) },
            },
          }
        : {}),
    };
  });
}

function save(download: LiveDownload): void {
  const tab = getLiveTab(download.panelId);
  // The node kept it for the tab alone.
  if (tab) saveDownload(tab, download);
  else dropDownload(download.id);
}

/** The connection and certificate of a live page. */
export function connectionPage(): RoomPage {
  const { securityPanelId } = liveFeatureStore.getState();
  const page = getLiveTab(securityPanelId ?? "")?.store.getState().page;
  if (!page) return { title: "Connection", rows: [], note: "The page is no longer open." };
  return {
    title: "Connection",
    note: [connectionSentence(page.security), ...connectionFacts(page).map((fact) => fact.join(": "))].join(
      "\n",
    ),
    rows: [],
  };
}
