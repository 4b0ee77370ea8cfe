import { useEffect, useState } from "react";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { liveDownloadStore } from "#lib/client/live/features/follow-downloads.ts";
import { liveFindStore } from "#lib/client/room/live-find.ts";
import { roomQuestionStore } from "#lib/client/room/live-questions.ts";
import { getRoomPage } from "#lib/client/room/room-pages.ts";
import { roomSpacesStore } from "#lib/client/room/room-pages-spaces.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { roomFindStore } from "#lib/client/room/room-ui-find.ts";
import { roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { RoomPage, RoomPageName } from "#lib/core/room-ui/room-page.ts";

const SOURCES = [
  browserStore,
  settingsStore,
  roomSettingsStore,
  roomUiStore,
  roomSpacesStore,
  roomFindStore,
  libraryStore,
  viewStore,
  roomQuestionStore,
  liveFindStore,
  liveDownloadStore,
];

/** A page of the menu, again whenever anything it may speak of has changed. */
export function useRoomPage(name: RoomPageName): RoomPage {
  const [, setChanges] = useState(0);
  useEffect(() => {
    const stops = SOURCES.map((store) => store.subscribe(() => setChanges((count) => count + 1)));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return getRoomPage(name);
}
