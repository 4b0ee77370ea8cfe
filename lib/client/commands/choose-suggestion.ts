import { openPage } from "#lib/client/commands/open-page.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { closeWithUndo, showPanel } from "#lib/client/commands/tab-commands.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { getPagePanel, getSession } from "#lib/client/store/browser-store.ts";
import type { Suggestion } from "#lib/core/omnibox/suggestion.ts";

/** Does what a row of the omnibox says, and leaves the focus where reading goes on. */
export function chooseSuggestion(
  suggestion: Suggestion,
  { panelId, newTab }: { panelId: string | null; newTab: boolean },
): void {
  switch (suggestion.kind) {
    case "refused":
      return;
    case "command":
      runCommand(suggestion.commandId, panelId === null ? {} : { panelId });
      return;
    case "panel": {
      const from = getPagePanel(panelId);
      showPanel(suggestion.panelId);
      // An empty tab that was only opened to look for another one has done its work.
      if (from && from.state.index < 0) closeWithUndo([from.id]);
      return;
    }
    default: {
      const disposition = newTab ? "new-tab" : "current";
      const id = openPage(suggestion.url, {
        disposition,
        typed: true,
        ...(panelId === null ? {} : { panelId }),
      });
      const { activeElement } = document;
      // Whoever went elsewhere before the page stood, be it to the field again, has the keys there.
      requestAnimationFrame(() => {
        const isFree = document.activeElement === document.body || document.activeElement === activeElement;
        if (isFree && getSession().activeId === id) getViewHandle(id)?.focus();
      });
    }
  }
}
