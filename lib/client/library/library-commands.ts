import { commands } from "#lib/client/commands/registry.ts";
import { targetShown, targetUrl } from "#lib/client/commands/target.ts";
import {
  addBookmark,
  deleteBookmark,
  findBookmark,
  restoreBookmarks,
} from "#lib/client/library/bookmarks.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import {
  downloadLiveProfile,
  eraseLiveProfileAndReload,
  isKnownToLivePages,
} from "#lib/client/library/live-profile.ts";
import { canSaveShown, removeSaved, saveShown, shownPage } from "#lib/client/library/save-shown.ts";
import { offerUndo, undoLast, undoStore } from "#lib/client/library/undo.ts";
import { saveFile } from "#lib/client/reading/save-file.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";
import { openDialog, showToast, togglePopover } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { findSaved } from "#lib/core/library/saved-page.ts";
import { LIVE_ZONES } from "#lib/protocol/live-zones.ts";

const PANEL = {
  name: "panelId",
  description: "The tab meant; the active one when absent",
  required: false,
} as const;

async function bookmark(args: CommandArgs): Promise<void> {
  const panel = targetShown(args);
  const url = targetUrl(args);
  if (!panel || url === null) return;
  try {
    if (!findBookmark(url)) await addBookmark({ url, title: panel.title, icon: panel.state.icon });
    togglePopover("bookmark");
  } catch {
    // Storage is full or switched off.
    showToast("This device did not let Qui keep the bookmark. Free some space, then try again.");
  }
}

async function removeBookmark(args: CommandArgs): Promise<void> {
  const found = findBookmark(targetUrl(args) ?? "");
  if (!found) return;
  const gone = await deleteBookmark(found.id);
  offerUndo("Bookmark removed", () => restoreBookmarks(gone));
}

function savedOf(args: CommandArgs) {
  return findSaved(libraryStore.getState().savedPages, targetUrl(args) ?? "");
}

function view(section: string, title: string, more: Partial<Command> = {}): Command {
  return {
    id: `library.${section}`,
    group: "Library",
    title,
    run: () => openDialog(`library ${section}`),
    ...more,
  };
}

const libraryCommands: readonly Command[] = [
  {
    id: "library.bookmark",
    group: "Library",
    title: (args) => (findBookmark(targetUrl(args) ?? "") ? "Edit bookmark…" : "Bookmark this page"),
    aliases: ["star", "favourite", "favorite", "add bookmark"],
    shortcuts: [{ keys: "Mod+D" }],
    arguments: [PANEL],
    enabled: (args) => targetShown(args) !== undefined && targetUrl(args) !== null,
    run: (args) => void bookmark(args),
  },
  {
    id: "library.removeBookmark",
    group: "Library",
    title: "Remove bookmark",
    aliases: ["unstar"],
    arguments: [PANEL],
    enabled: (args) => findBookmark(targetUrl(args) ?? "") !== undefined,
    run: (args) => void removeBookmark(args),
  },
  {
    id: "library.save",
    group: "Library",
    title: (args) => (savedOf(args) ? "Remove saved copy" : "Save for offline"),
    aliases: ["read later", "reading list", "download page", "offline"],
    shortcuts: [{ keys: "Mod+S" }],
    arguments: [PANEL],
    enabled: (args) => targetUrl(args) !== null && (savedOf(args) !== undefined || canSaveShown(args)),
    run: (args) => {
      const saved = savedOf(args);
      void (saved ? removeSaved(saved.url) : saveShown(args));
    },
  },
  view("history", "History…", {
    aliases: ["visited pages", "clear history"],
    shortcuts: [
      { keys: "Mod+H", on: "other" },
      { keys: "Mod+Y", on: "mac" },
    ],
  }),
  view("bookmarks", "Bookmarks…", { aliases: ["favourites"], shortcuts: [{ keys: "Mod+Shift+O" }] }),
  view("readingList", "Reading list…", {
    aliases: ["saved pages", "offline", "read later"],
    shortcuts: [{ keys: "Alt+R" }],
  }),
  view("downloads", "Downloads…", { aliases: ["files"], shortcuts: [{ keys: "Mod+J" }] }),
  view("sites", "Settings of sites…", { aliases: ["site settings", "exceptions"] }),
  view("storage", "Storage on this device…", { aliases: ["delete everything", "clear data", "space used"] }),
  {
    id: "library.keepLiveProfile",
    group: "Library",
    title: () =>
      settingsStore.getState().liveProfile
        ? "Forget sign-ins when live pages close"
        : "Stay signed in on live pages",
    aliases: ["keep cookies", "profile", "remember me"],
    run: () => {
      const liveProfile = !settingsStore.getState().liveProfile;
      updateSettings({ liveProfile });
      showToast(
        liveProfile
          ? "Live pages opened from now on stay signed in."
          : "Live pages opened from now on are forgotten when they close.",
      );
    },
  },
  {
    id: "library.liveZone",
    group: "Library",
    title: "Time zone of live pages",
    arguments: [
      {
        name: "text",
        description: `The zone sites are told, one of ${LIVE_ZONES.join(", ")}`,
        required: true,
      },
    ],
    run: ({ text }) => {
      const liveZone = LIVE_ZONES.find((zone) => zone === text);
      if (liveZone) updateSettings({ liveZone });
    },
  },
  {
    id: "library.downloadLiveProfile",
    group: "Library",
    title: "Download what live pages keep for me",
    aliases: ["export cookies", "profile"],
    enabled: isKnownToLivePages,
    run: () => void downloadLiveProfile(),
  },
  {
    id: "library.eraseLiveProfile",
    group: "Library",
    title: "Erase what live pages keep for me",
    aliases: ["clear cookies", "sign out everywhere", "forget me"],
    enabled: isKnownToLivePages,
    run: () => void eraseLiveProfileAndReload(),
  },
  {
    id: "library.saveJson",
    group: "Library",
    title: "Save as JSON",
    aliases: ["export", "download", "save as"],
    arguments: [PANEL],
    enabled: (args) => shownPage(args) !== null,
    run: async (args) => {
      const page = shownPage(args);
      const { suggestFileName } = await import("#lib/core/reading/export-text.ts");
      if (!page) return;
      saveFile(
        suggestFileName(page.document, "json"),
        JSON.stringify(page.document, null, 2),
        "application/json",
      );
    },
  },
  {
    id: "library.undo",
    group: "Library",
    title: "Undo deletion",
    enabled: () => undoStore.getState().last !== null,
    run: () => void undoLast(),
  },
];

/** Idempotent, also when this module is loaded again while developing. */
export function registerLibraryCommands(): void {
  if (!commands.get("library.save")) commands.register(libraryCommands);
}
