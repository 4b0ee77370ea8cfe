"use client";

import { useEffect } from "react";
import { useStore } from "zustand";
import { EdgeSwipe } from "#components/browse/edge-swipe.tsx";
import { preparePageView } from "#components/browse/lazy-page-view.ts";
import { OmniboxSheet } from "#components/browse/omnibox-sheet.tsx";
import { Overlays } from "#components/browse/overlays.tsx";
import { Panels } from "#components/browse/panels.tsx";
import { PhoneBar } from "#components/browse/phone-bar.tsx";
import { RoomSlot } from "#components/browse/slots.tsx";
import { TabStrip } from "#components/browse/tab-strip.tsx";
import { Toolbar } from "#components/browse/toolbar.tsx";
import { registerCoreCommands } from "#lib/client/commands/register-core-commands.ts";
import { startBrowser } from "#lib/client/commands/start-browser.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { PHONE_QUERY, useMediaQuery } from "#lib/client/store/use-media-query.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { findPagePanel, findPanel } from "#lib/core/space/session.ts";

registerCoreCommands();

/** The flat view: a browser's frame around the panels of the space. */
export function Browser() {
  const phone = useMediaQuery(PHONE_QUERY);
  const title = useStore(browserStore, ({ session }) => panelName(findPanel(session, session.activeId)));
  const isPrivate = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.private === true,
  );

  const view = useStore(viewStore, (state) => state.view);
  const hasDialog = useStore(uiStore, (state) => state.dialog !== null);

  useEffect(() => {
    preparePageView();
    return startBrowser();
  }, []);

  return (
    <>
      {/* The browser around Qui writes titles into its own history. */}
      <title>{isPrivate ? "Private – Qui" : `${title} – Qui`}</title>
      {/* A dialog is a closed room: nothing behind it can be reached meanwhile. */}
      <div inert={hasDialog} className="flex h-dvh flex-col overflow-hidden bg-sunken">
        <header data-theme={isPrivate ? "dark" : undefined} className="bg-sunken text-ink max-sm:hidden">
          <TabStrip />
          <Toolbar />
        </header>
        <main
          data-theme={isPrivate ? "dark" : undefined}
          className="min-h-0 flex-1 bg-sunken sm:px-2 sm:pb-2"
        >
          <EdgeSwipe>{view === "flat" ? <Panels /> : <RoomSlot />}</EdgeSwipe>
        </main>
        <PhoneBar />
        {phone && <OmniboxSheet />}
      </div>
      <Overlays />
    </>
  );
}
