import { getRoomPage } from "#lib/client/room/room-pages.ts";
import { refreshRoomSpaces } from "#lib/client/room/room-pages-spaces.ts";
import { startRoomFind, stopRoomFind } from "#lib/client/room/room-ui-find.ts";
import { closeRoomMenu, openRoomEntries, openRoomPage, roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { announce, type UiState, uiStore } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { pageForDialog, pageForPopover } from "#lib/core/room-ui/room-page.ts";

/**
 * In a session nobody sees the DOM: what a command opens there is opened as a page
 * of the room's menu instead, and taken off the flat view's list of open things,
 * so that leaving does not find a stack of dialogs. Returns how to stop.
 */
export function bridgeFlatUi(): () => void {
  const isImmersive = () => viewStore.getState().view === "immersive";
  const take = (state: UiState) => {
    if (!isImmersive()) return;
    const { dialog, popover, menu } = state;
    if (dialog !== null) {
      const page = pageForDialog(dialog);
      openRoomPage(page);
      // What exists in the flat view alone waits there.
      if (page !== "elsewhere") uiStore.setState({ dialog: null });
    }
    if (popover !== null) {
      openRoomPage(pageForPopover(popover));
      uiStore.setState({ popover: null });
    }
    if (menu !== null) {
      openRoomEntries(menu.label, menu.entries);
      uiStore.setState({ menu: null });
    }
  };
  const stops = [
    uiStore.subscribe((state, previous) => {
      const { dialog, popover, menu } = previous;
      if (state.dialog !== dialog || state.popover !== popover || state.menu !== menu) take(state);
      // On a screen the flat view's find bar lies over the room.
      if (isImmersive() && state.findPanelId !== previous.findPanelId && state.findPanelId !== null) {
        openRoomPage("find");
        startRoomFind();
      }
    }),
    viewStore.subscribe(({ view }, previous) => {
      if (view === "flat") closeRoomMenu();
      else if (view === "immersive" && previous.view !== view) take(uiStore.getState());
    }),
    roomUiStore.subscribe(({ menu }, previous) => {
      if (menu && menu.name !== previous.menu?.name) {
        const { title, rows } = getRoomPage(menu.name);
        announce(`${title}, ${rows.length} ${rows.length === 1 ? "choice" : "choices"}`);
      }
      if (menu?.name === "spaces" && previous.menu?.name !== "spaces") void refreshRoomSpaces();
      if (previous.menu?.name === "find" && menu?.name !== "find") stopRoomFind();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    closeRoomMenu();
  };
}
