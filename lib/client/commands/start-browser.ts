import { joinHostHistory } from "#lib/client/commands/host-history.ts";
import { listenDrops } from "#lib/client/commands/listen-drops.ts";
import { listenShortcuts } from "#lib/client/commands/listen-shortcuts.ts";
import { keepVisibleScrolls, openFromOutside, openPage } from "#lib/client/commands/open-page.ts";
import { registerCoreCommands } from "#lib/client/commands/register-core-commands.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { loadVisible } from "#lib/client/commands/tab-commands.ts";
import { startPopups } from "#lib/client/live/follow-popups.ts";
import { mayHavePlaces } from "#lib/client/live/places-key.ts";
import { afterFirstPaint } from "#lib/client/store/after-first-paint.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { whenLibraryReady } from "#lib/client/store/library-port.ts";
import { startPersistence } from "#lib/client/store/persist-session.ts";
import { startSettings } from "#lib/client/store/settings-store.ts";
import { requestOmnibox } from "#lib/client/store/ui-store.ts";
import { restoreView } from "#lib/client/store/view-store.ts";
import { LAUNCH_PARAMETERS, type Launch, readLaunch } from "#lib/core/pwa/launch.ts";

/** Brings the frame to life: settings, panels, keys. Returns how to let go of the window's events. */
export function startBrowser(): () => void {
  registerCoreCommands();
  restoreView();
  const stopSettings = startSettings();
  const stopShortcuts = listenShortcuts();
  const stopDrops = listenDrops();
  startPopups();
  const asked = takeLaunch();
  // Before the session writes itself down, which happens at the same moments.
  document.addEventListener("visibilitychange", keepVisibleScrolls);
  window.addEventListener("pagehide", keepVisibleScrolls);
  let stopped = false;
  let stopHistory = () => {};
  const stopLibrary = afterFirstPaint(async () =>
    (await import("#lib/client/library/start-library.ts")).startLibrary(),
  );
  const stopPwa = afterFirstPaint(async () => (await import("#lib/client/pwa/start-pwa.ts")).startPwa());
  void startPersistence().then(() => {
    if (asked.address !== null) openFromOutside(asked.address);
    else loadVisible();
    takeUpLater();
    keepOneTab();
    if (asked.refused !== null) requestOmnibox(asked.refused);
    if (asked.command !== null) runLaunchCommand(asked.command);
    if (!stopped) stopHistory = joinHostHistory();
  });
  const unsubscribe = browserStore.subscribe(keepOneTab);
  return () => {
    stopped = true;
    stopSettings();
    stopShortcuts();
    stopDrops();
    stopHistory();
    stopLibrary();
    stopPwa();
    unsubscribe();
    document.removeEventListener("visibilitychange", keepVisibleScrolls);
    window.removeEventListener("pagehide", keepVisibleScrolls);
  };
}

/** Live tabs that this window left a moment ago wait for it, also those that are not in sight. */
function takeUpLater(): void {
  if (mayHavePlaces())
    afterFirstPaint(async () => {
      (await import("#lib/client/live/take-up-places.ts")).takeUpPlaces();
      return undefined;
    });
}

/** A window without tabs has nowhere to type an address into. */
function keepOneTab(): void {
  if (browserStore.getState().status !== "ready" || getSession().space.panels.length > 0) return;
  openPage("", { disposition: "new-tab", private: false });
}

/**
 * What a link into Qui, the share target, a protocol handler or the menu of the
 * app's icon asks for (`/space?url=…`). Taken out of the address, so that a reload
 * restores the panels instead of doing it again.
 */
function takeLaunch(): Launch {
  const here = new URL(window.location.href);
  const launch = readLaunch(here);
  const asking = LAUNCH_PARAMETERS.filter((name) => here.searchParams.has(name));
  if (asking.length === 0) return launch;
  for (const name of asking) here.searchParams.delete(name);
  window.history.replaceState(window.history.state, "", here.pathname + here.search);
  return launch;
}

/** Commands of the library are there once it is; until then the wish waits. */
function runLaunchCommand(id: string): void {
  if (runCommand(id)) return;
  whenLibraryReady().then(() => runCommand(id));
}
