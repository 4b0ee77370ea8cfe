import { moveFocus } from "#lib/client/commands/move-focus.ts";
import { loadVisible } from "#lib/client/commands/tab-commands.ts";
import { switchSpace } from "#lib/client/store/persist-session.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";
import { openDialog, requestOmnibox, showToast } from "#lib/client/store/ui-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";

async function openSpace(id: string | null): Promise<void> {
  if (await switchSpace(id)) loadVisible();
  else showToast("This space is open in another window");
}

function themeCommand(theme: "light" | "dark" | "system", title: string): Command {
  return {
    id: `theme.${theme}`,
    group: "Qui",
    title,
    checked: () => settingsStore.getState().theme === theme,
    run: () => updateSettings({ theme }),
  };
}

export const spaceCommands: readonly Command[] = [
  {
    id: "space.list",
    group: "Space",
    title: "Spaces…",
    aliases: ["windows", "sessions"],
    run: () => openDialog("spaces"),
  },
  { id: "space.new", group: "Space", title: "New space", run: () => void openSpace(null) },
  {
    id: "space.open",
    group: "Space",
    title: "Open space",
    arguments: [{ name: "spaceId", description: "Which", required: true }],
    run: ({ spaceId = "" }) => void openSpace(spaceId),
  },
  themeCommand("system", "Theme as on this device"),
  themeCommand("light", "Light theme"),
  themeCommand("dark", "Dark theme"),
  {
    id: "settings.open",
    group: "Qui",
    title: "Settings…",
    aliases: ["preferences", "options"],
    shortcuts: [{ keys: "Mod+," }],
    run: () => openDialog("settings"),
  },
  {
    id: "help.shortcuts",
    group: "Qui",
    title: "Keyboard shortcuts",
    aliases: ["help", "keys"],
    shortcuts: [{ keys: "Mod+/" }, { keys: "?" }],
    run: () => openDialog("help"),
  },
  {
    id: "omnibox.commands",
    group: "Qui",
    title: "Run a command",
    aliases: ["command palette"],
    shortcuts: [{ keys: "Mod+Shift+K" }],
    run: () => requestOmnibox(">"),
  },
  {
    id: "focus.next",
    group: "Qui",
    title: "Go to the next part of the window",
    shortcuts: [{ keys: "F6" }],
    run: () => moveFocus(1),
  },
  {
    id: "focus.previous",
    group: "Qui",
    title: "Go to the previous part of the window",
    shortcuts: [{ keys: "Shift+F6" }],
    run: () => moveFocus(-1),
  },
];
