import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { getLibrary } from "#lib/client/store/library-port.ts";
import { shortcutLabel } from "#lib/core/commands/shortcut.ts";
import type { OmniboxSources } from "#lib/core/omnibox/sources.ts";

/** What the omnibox searches, as it is now. The panel being typed in is not offered to itself. */
export function omniboxSources(panelId: string | null): OmniboxSources {
  const library = getLibrary();
  const surroundings = { platform: getPlatform(), installed: isInstalled() };
  return {
    history: library.history(),
    bookmarks: library.bookmarks(),
    panels: getSession().space.panels.flatMap((panel) =>
      panel.kind === "page" && panel.id !== panelId && panel.state.index >= 0
        ? [{ id: panel.id, url: panel.state.url, title: panel.title, icon: panel.state.icon }]
        : [],
    ),
    commands: commands.list().flatMap((command) => {
      if (!commands.isEnabled(command.id)) return [];
      const shortcut = commands.shortcutOf(command.id, surroundings);
      return [
        {
          id: command.id,
          title: commands.title(command.id),
          aliases: command.aliases ?? [],
          shortcut: shortcut && shortcutLabel(shortcut, surroundings.platform),
        },
      ];
    }),
  };
}
