import { useStore } from "zustand";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { SiteButton } from "#components/browse/site-button.tsx";
import { AddressSlot } from "#components/browse/slots.tsx";
import { TrackerButton } from "#components/browse/tracker-button.tsx";
import { ZoomChip } from "#components/browse/zoom-chip.tsx";
import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** The omnibox of the toolbar, bound to the active panel. */
export function PanelOmnibox() {
  const panelId = useStore(browserStore, ({ session }) => session.activeId);
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const requestCount = useStore(uiStore, (state) => state.omniboxRequest.count);
  return (
    <div className="w-full max-w-3xl">
      <Omnibox
        // A draft belongs to the tab it was typed in.
        key={panelId}
        panelId={panelId}
        url={url}
        variant="bar"
        requestCount={requestCount}
        onChoose={(suggestion, newTab) => chooseSuggestion(suggestion, { panelId, newTab })}
        onLeave={() => getViewHandle(panelId ?? "")?.focus()}
        before={<SiteButton panelId={panelId} url={url} />}
        after={
          url !== "" &&
          panelId !== null && (
            <>
              <ZoomChip panelId={panelId} />
              <TrackerButton panelId={panelId} />
              <AddressSlot panelId={panelId} />
            </>
          )
        }
      />
    </div>
  );
}
