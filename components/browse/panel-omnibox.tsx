import { useRef } from "react";
import { useStore } from "zustand";
import { EngineButton } from "#components/browse/engine-button.tsx";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { SiteButton } from "#components/browse/site-button.tsx";
import { AddressSlot } from "#components/browse/slots.tsx";
import { SoundButton } from "#components/browse/sound-button.tsx";
import { TrackerButton } from "#components/browse/tracker-button.tsx";
import { ZoomChip } from "#components/browse/zoom-chip.tsx";
import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** The omnibox of the toolbar, bound to the active panel. Before scripts have come, the form asks for what was typed. */
export function PanelOmnibox() {
  const panelId = useStore(browserStore, ({ session }) => session.activeId);
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const requestCount = useStore(uiStore, (state) => state.omniboxRequest.count);
  // What was typed before the panels were read back belongs to the first of them.
  const firstId = useRef(panelId);
  firstId.current ??= panelId;
  return (
    <form
      action="/space"
      method="get"
      onSubmit={(event) => event.preventDefault()}
      className="w-full max-w-3xl"
    >
      <Omnibox
        // A draft belongs to the tab it was typed in.
        key={panelId === firstId.current ? "first" : panelId}
        name="url"
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
              <SoundButton panelId={panelId} className="size-8 rounded-full" />
              <TrackerButton panelId={panelId} />
              <EngineButton panelId={panelId} />
              <AddressSlot panelId={panelId} />
            </>
          )
        }
      />
    </form>
  );
}
