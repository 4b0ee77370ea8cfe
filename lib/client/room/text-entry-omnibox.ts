import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import {
  closeTextEntry,
  isTextEntryOpen,
  requestTextEntry,
  textEntryStore,
} from "#lib/client/room/text-entry.ts";
import { getPagePanel, getSession } from "#lib/client/store/browser-store.ts";
import { takeOmniboxRequest, uiStore } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { editableAddress } from "#lib/core/omnibox/describe-address.ts";

/** Types an address, a search or a command for a panel, in 3D: the omnibox of the room. `text` replaces its address. */
export function requestAddressEntry(panelId: string | null, text: string | null = null): void {
  const panel = getPagePanel(panelId);
  requestTextEntry({
    purpose: "omnibox",
    label: "Address, search or command",
    text: text ?? editableAddress(panel?.state.url ?? ""),
    select: text === null ? "all" : "end",
    panelId: panel?.id ?? null,
    onSubmit: (_, row) => {
      if (row) chooseSuggestion(row, { panelId: panel?.id ?? null, newTab: false });
    },
  });
}

/**
 * In a session the field of the page cannot be seen: every wish to type an address
 * opens the keyboard instead. Returns how to stop.
 */
export function followOmniboxRequests(): () => void {
  const answer = () => {
    if (viewStore.getState().view !== "immersive") return;
    const request = takeOmniboxRequest();
    if (request) requestAddressEntry(getSession().activeId, request.text);
  };
  answer();
  const stopRequests = uiStore.subscribe((state, previous) => {
    if (state.omniboxRequest !== previous.omniboxRequest) answer();
  });
  const stopViews = viewStore.subscribe(({ view }, previous) => {
    const { purpose } = textEntryStore.getState();
    // On the screen there is a field again.
    if (view !== "immersive" && previous.view === "immersive" && isTextEntryOpen() && purpose === "omnibox") {
      closeTextEntry();
    }
  });
  return () => {
    stopRequests();
    stopViews();
  };
}
