import { questionPage } from "#lib/client/room/live-questions.ts";
import { connectionPage } from "#lib/client/room/live-room-pages.ts";
import { notesPage, trailPage } from "#lib/client/room/note-room-pages.ts";
import {
  bookmarksPage,
  downloadsPage,
  historyPage,
  libraryPage,
  readingListPage,
} from "#lib/client/room/room-pages-library.ts";
import { entriesPage, outlinePage, sitePage } from "#lib/client/room/room-pages-page.ts";
import {
  commandsPage,
  elsewherePage,
  environmentsPage,
  helpPage,
  homePage,
  layoutsPage,
  panelsPage,
  settingsPage,
} from "#lib/client/room/room-pages-space.ts";
import { spacesPage } from "#lib/client/room/room-pages-spaces.ts";
import { findPage } from "#lib/client/room/room-ui-find.ts";
import type { RoomPage, RoomPageName } from "#lib/core/room-ui/room-page.ts";

const PAGES: Readonly<Record<RoomPageName, () => RoomPage>> = {
  home: homePage,
  panels: panelsPage,
  layouts: layoutsPage,
  environments: environmentsPage,
  settings: settingsPage,
  spaces: spacesPage,
  library: libraryPage,
  history: historyPage,
  bookmarks: bookmarksPage,
  readingList: readingListPage,
  downloads: downloadsPage,
  notes: notesPage,
  trail: trailPage,
  outline: outlinePage,
  site: sitePage,
  find: findPage,
  commands: commandsPage,
  help: helpPage,
  entries: entriesPage,
  question: questionPage,
  connection: connectionPage,
  elsewhere: elsewherePage,
};

/** A page of the room's menu as things are now. */
export function getRoomPage(name: RoomPageName): RoomPage {
  return PAGES[name]();
}
