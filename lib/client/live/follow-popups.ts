import { openLive, socketUrlOf } from "#lib/client/live/live-panels.ts";
import { getLiveTab, watchLiveTabs } from "#lib/client/live/live-tab.ts";
import { getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { openPanel } from "#lib/core/space/panels.ts";
import { createPagePanel } from "#lib/core/space/session.ts";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";

const followed = new Map<string, () => void>();
let hasStarted = false;

/** Gives windows that live pages open panels of their own, beside the page they come from. For the life of the window; idempotent. */
export function startPopups(): void {
  if (hasStarted) return;
  hasStarted = true;
  watchLiveTabs((panelId) => {
    followed.get(panelId)?.();
    followed.delete(panelId);
    const stop = getLiveTab(panelId)?.onMessage((message) => {
      if (message.type === "popup") open(panelId, message);
    });
    if (stop) followed.set(panelId, stop);
  });
}

function open(openerId: string, popup: Extract<LiveTabEvent, { type: "popup" }>): void {
  const opener = getPagePanel(openerId);
  if (!opener) return;
  const { url, ticket, disposition } = popup;
  if ("blocked" in popup && popup.blocked) {
    showToast("The page wanted to open a window", {
      label: "Open it",
      command: "page.openInNewTab",
      args: { url, panelId: openerId },
    });
    return;
  }
  const panel = createPagePanel({
    id: createId(),
    // Windows may begin empty and be filled by their opener.
    url: url || "about:blank",
    private: opener.private,
    zoom: settingsStore.getState().defaultZoom,
  });
  panel.state = { ...panel.state, engine: "live", mode: opener.state.mode };
  const activate = disposition !== "background-tab";
  updateSession((session) => openPanel(session, panel, { after: openerId, activate }));
  const socketUrl = socketUrlOf(openerId);
  openLive(panel.id, { invitation: ticket && socketUrl ? { ticket, socketUrl } : undefined });
}
