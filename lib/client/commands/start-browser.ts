import { joinHostHistory } from "#lib/client/commands/host-history.ts";
import { listenDrops } from "#lib/client/commands/listen-drops.ts";
import { listenShortcuts } from "#lib/client/commands/listen-shortcuts.ts";
import { keepVisibleScrolls, openFromOutside, openPage } from "#lib/client/commands/open-page.ts";
import { registerCoreCommands } from "#lib/client/commands/register-core-commands.ts";
import { loadVisible } from "#lib/client/commands/tab-commands.ts";
import { afterFirstPaint } from "#lib/client/store/after-first-paint.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { startPersistence } from "#lib/client/store/persist-session.ts";
import { startSettings } from "#lib/client/store/settings-store.ts";
import { openableAddress } from "#lib/core/omnibox/dropped-address.ts";

/** Brings the frame to life: settings, panels, keys. Returns how to let go of the window's events. */
export function startBrowser(): () => void {
  registerCoreCommands();
  const stopSettings = startSettings();
  const stopShortcuts = listenShortcuts();
  const stopDrops = listenDrops();
  const asked = takeAskedUrl();
  // Before the session writes itself down, which happens at the same moments.
  document.addEventListener("visibilitychange", keepVisibleScrolls);
  window.addEventListener("pagehide", keepVisibleScrolls);
  let stopHistory = () => {};
  const stopLibrary = afterFirstPaint(async () =>
    (await import("#lib/client/library/start-library.ts")).startLibrary(),
  );
  void startPersistence().then(() => {
    if (asked !== null) openFromOutside(asked);
    else loadVisible();
    keepOneTab();
    stopHistory = joinHostHistory();
  });
  const unsubscribe = browserStore.subscribe(keepOneTab);
  return () => {
    stopSettings();
    stopShortcuts();
    stopDrops();
    stopHistory();
    stopLibrary();
    unsubscribe();
    document.removeEventListener("visibilitychange", keepVisibleScrolls);
    window.removeEventListener("pagehide", keepVisibleScrolls);
  };
}

/** A window without tabs has nowhere to type an address into. */
function keepOneTab(): void {
  if (browserStore.getState().status !== "ready" || getSession().space.panels.length > 0) return;
  openPage("", { disposition: "new-tab", private: false });
}

/**
 * What a link into Qui, the share target or a protocol handler asks for
 * (`/space?url=…`). Taken out of the address, so that a reload restores the panels
 * instead of opening it again.
 */
function takeAskedUrl(): string | null {
  const here = new URL(window.location.href);
  const asked = here.searchParams.get("url");
  if (asked === null) return null;
  here.searchParams.delete("url");
  window.history.replaceState(window.history.state, "", here.pathname + here.search);
  return openableAddress(asked, here.origin);
}
