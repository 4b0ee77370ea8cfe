import { openPage } from "#lib/client/commands/open-page.ts";
import { chooseByHand } from "#lib/client/live/engine-choice.ts";
import { cancelPanel, reloadPanel, showLive } from "#lib/client/pages/load-panel.ts";
import { showSavedCopy } from "#lib/client/pages/show-page.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { requestOmnibox } from "#lib/client/store/ui-store.ts";
import { editableAddress, searchUrl } from "#lib/core/omnibox/describe-address.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";

/** Does what a page's failure, notice or waiting screen offers and only the frame can do. */
export function handlePageAction(panelId: string, action: PageAction): void {
  switch (action.type) {
    case "cancel":
      cancelPanel(panelId);
      return;
    case "reload":
      reloadPanel(panelId);
      return;
    case "edit-address":
      requestOmnibox(editableAddress(getPagePanel(panelId)?.state.url ?? ""));
      return;
    case "search":
      openPage(searchUrl(action.query), { panelId, disposition: "current" });
      return;
    case "open-start-page":
      openPage(action.url, { panelId, disposition: "current" });
      return;
    case "open-saved-copy":
      void showSavedCopy(panelId, action.url);
      return;
    case "open-live":
      chooseByHand(panelId, "live");
      showLive(panelId);
      return;
  }
}
