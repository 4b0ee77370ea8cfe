import { createStore } from "zustand/vanilla";
import type { MenuEntry } from "#lib/client/store/ui-store.ts";
import type { RoomPageName } from "#lib/core/room-ui/room-page.ts";

export interface RoomMenuState {
  name: RoomPageName;
  /** Which leaf of the page's list, from 0. */
  index: number;
  /** What the back button returns to, newest last. */
  path: readonly RoomPageName[];
}

export interface RoomUiState {
  menu: RoomMenuState | null;
  /** Rows of the page `entries`: a menu of a panel or a link. */
  entries: { label: string; entries: readonly MenuEntry[] } | null;
  /** Grows with each opening, so that the menu comes to where the person looks now. */
  openCount: number;
  /** What is pointed at, in words: shown beside it, and said. */
  hint: string | null;
}

/** What the interface of the room shows. Its drawing is in `components/room/chrome` and `components/room/menus`. */
export const roomUiStore = createStore<RoomUiState>(() => ({
  menu: null,
  entries: null,
  openCount: 0,
  hint: null,
}));

/** Opens the menu at a page; from within the menu the way back leads to where one was. */
export function openRoomPage(name: RoomPageName): void {
  roomUiStore.setState(({ menu, openCount }) => ({
    menu: {
      name,
      index: 0,
      path: menu && menu.name !== name ? [...menu.path, menu.name] : (menu?.path ?? []),
    },
    openCount: menu ? openCount : openCount + 1,
  }));
}

export function openRoomEntries(label: string, entries: readonly MenuEntry[]): void {
  roomUiStore.setState(({ openCount }) => ({
    menu: { name: "entries", index: 0, path: [] },
    entries: { label, entries },
    openCount: openCount + 1,
  }));
}

export function closeRoomMenu(): void {
  roomUiStore.setState({ menu: null, entries: null, hint: null });
}

/** One step back, or closed when there is none. */
export function goBackInRoomMenu(): void {
  const { menu } = roomUiStore.getState();
  const name = menu?.path.at(-1);
  if (!menu || !name) closeRoomMenu();
  else roomUiStore.setState({ menu: { name, index: 0, path: menu.path.slice(0, -1) } });
}

export function turnRoomPage(index: number): void {
  roomUiStore.setState(({ menu }) => ({ menu: menu && { ...menu, index } }));
}
