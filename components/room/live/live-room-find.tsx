import "../../document/styles/panels.css";
import { LiveFindBar } from "#components/live/live-find-bar.tsx";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";

/** The flat view's find bar for a live page, over the room. */
export function LiveRoomFind({ tab }: { tab: LiveTab }) {
  return <LiveFindBar tab={tab} onClose={() => uiStore.setState({ findPanelId: null })} />;
}
