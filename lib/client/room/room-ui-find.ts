import { createStore } from "zustand/vanilla";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { createFindSession, type FindSession } from "#lib/client/reading/find-session.ts";
import { liveFindPage, startLiveFind, stopLiveFind } from "#lib/client/room/live-find.ts";
import { askFindWords } from "#lib/client/room/room-ui-text.ts";
import { closeTextEntry, textEntryStore } from "#lib/client/room/text-entry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import type { RoomPage } from "#lib/core/room-ui/room-page.ts";

/** The search in a page that the room's menu shows. Grows `changes` with each step, so that the menu follows. */
export const roomFindStore = createStore<{ session: FindSession | null; changes: number }>(() => ({
  session: null,
  changes: 0,
}));

/** Starts searching the panel that find was asked for; the same session while it is open. */
export function startRoomFind(): void {
  const panelId = uiStore.getState().findPanelId ?? "";
  if (startLiveFind(panelId)) return;
  const view = browserStore.getState().views[panelId]?.view;
  const handle = getViewHandle(panelId);
  if (roomFindStore.getState().session || view?.status !== "ready" || !handle) return;
  const session = createFindSession(view.page.document, handle);
  session.store.subscribe(() => roomFindStore.setState(({ changes }) => ({ changes: changes + 1 })));
  roomFindStore.setState({ session });
  typeWords();
}

export function stopRoomFind(): void {
  const { open, purpose } = textEntryStore.getState();
  if (open && purpose === "find") closeTextEntry();
  stopLiveFind();
  roomFindStore.getState().session?.dispose();
  roomFindStore.setState({ session: null });
  if (uiStore.getState().findPanelId !== null) uiStore.setState({ findPanelId: null });
}

function typeWords(): void {
  const { session } = roomFindStore.getState();
  const panelId = uiStore.getState().findPanelId;
  if (!session || panelId === null) return;
  askFindWords(panelId, session.store.getState().query, {
    onChange: (words) => session.search(words),
    onEnter: () => session.step(1),
  });
}

export function findPage(): RoomPage {
  const live = liveFindPage();
  if (live) return live;
  const { session } = roomFindStore.getState();
  if (!session) return { title: "Find in page", rows: [], note: "There is no page to search in." };
  const { query, matches, active, capped } = session.store.getState();
  const count = capped ? `more than ${matches.length}` : `${matches.length}`;
  const step = (direction: 1 | -1) => ({
    type: "call" as const,
    stays: true,
    run: () => session.step(direction),
  });
  const disabled = matches.length === 0;
  return {
    title: "Find in page",
    note: query === "" ? "" : matches.length === 0 ? "Not found." : `${active + 1} of ${count}`,
    rows: [
      {
        id: "words",
        label: query || "Type words to find",
        icon: "search",
        action: { type: "call", run: typeWords, stays: true },
      },
      { id: "next", label: "Next match", icon: "next", disabled, action: step(1) },
      { id: "previous", label: "Match before", icon: "previous", disabled, action: step(-1) },
    ],
  };
}
