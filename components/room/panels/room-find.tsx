import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { useLiveTab } from "#components/live/use-live-tab.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";

const FindBar = lazy(async () => ({ default: (await import("#components/document/find-bar.tsx")).FindBar }));

const LiveRoomFind = lazy(async () => ({
  default: (await import("#components/room/live/live-room-find.tsx")).LiveRoomFind,
}));

/** The find bar of the flat view over the room, for the panel it was asked in. */
export function RoomFind() {
  const panelId = useStore(uiStore, (state) => state.findPanelId);
  const view = useStore(browserStore, ({ views }) => (panelId === null ? null : views[panelId]?.view));
  const handle = panelId === null ? undefined : getViewHandle(panelId);
  const tab = useLiveTab(panelId ?? "");
  const isImmersive = useStore(viewStore, (state) => state.view === "immersive");
  if (tab)
    return isImmersive ? null : (
      <Suspense>
        <LiveRoomFind key={panelId} tab={tab} />
      </Suspense>
    );
  if (view?.status !== "ready" || !handle) return null;
  return (
    <Suspense>
      <FindBar
        key={panelId}
        document={view.page.document}
        view={handle}
        onClose={() => uiStore.setState({ findPanelId: null })}
      />
    </Suspense>
  );
}
