import { forgetPlaces } from "#lib/client/live/kept-places.ts";
import { saveFile } from "#lib/client/reading/save-file.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { LiveStatus } from "#lib/protocol/live-status.ts";

const ADDRESS = "/api/live/profile";
const TIMEOUT_MS = 15_000;

/**
 * Whether the server knows this browser as a visitor of live pages. Who it is stands
 * in a cookie that no script can read; this one beside it says that there is one.
 */
export function isKnownToLivePages(): boolean {
  return /(?:^|;\s*)qui-live=1(?:;|$)/.test(document.cookie);
}

/**
 * Has the server erase what live pages keep of this browser, and who it was. Asks
 * nothing for a browser that never opened one.
 * @throws when the server did not confirm it.
 */
export async function eraseLiveProfile(): Promise<void> {
  if (!isKnownToLivePages()) return;
  const response = await fetch(ADDRESS, { method: "DELETE", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
}

/**
 * The same by a command. Qui starts anew afterwards: tabs that are open belong to
 * who the visitor was.
 */
export async function eraseLiveProfileAndReload(): Promise<void> {
  try {
    await eraseLiveProfile();
    forgetPlaces();
    window.location.reload();
  } catch {
    // No connection, or a node that is away: either way it may still be there.
    showToast("The server did not confirm that it is erased. Try again in a moment.");
  }
}

/** Saves it as a file. */
export async function downloadLiveProfile(): Promise<void> {
  try {
    const response = await fetch(ADDRESS, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 404) {
      showToast("Live pages keep nothing for you. They do only where a page was opened with a profile.");
      return;
    }
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    saveFile("qui-live-profile.json", await response.text(), "application/json");
  } catch {
    // No connection, or a node that is away.
    showToast("The server did not hand it out. Try again in a moment.");
  }
}

/** Whether live pages can be had and a profile kept; null when the server does not say. */
export async function getLiveStatus(): Promise<LiveStatus | null> {
  try {
    const response = await fetch("/api/live/status", { signal: AbortSignal.timeout(TIMEOUT_MS) });
    // Loaded only here: the library is there before anyone asks.
    const { liveStatusSchema } = await import("#lib/protocol/live-status.ts");
    return liveStatusSchema.safeParse(await response.json()).data ?? null;
  } catch {
    // No connection, or something else answered.
    return null;
  }
}
