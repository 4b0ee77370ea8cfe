import { keepVisibleScrolls } from "#lib/client/commands/open-page.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { classifySessionError, describeSessionFailure } from "#lib/core/xr/session-failure.ts";
import type { XrMode } from "#lib/core/xr/session-init.ts";

let isEntering = false;

/**
 * Asks for a session. Must follow a person's press within seconds, as browsers
 * demand. A refusal is said in plain words and changes nothing else.
 * @returns whether a session began.
 */
export async function enterSession(mode: XrMode): Promise<boolean> {
  if (isEntering || xrStore.getState().session) return false;
  if (navigator.xr === undefined) {
    showToast(describeSessionFailure("no-api", mode));
    return false;
  }
  isEntering = true;
  try {
    keepVisibleScrolls();
    return (await xrStore.enterXR(mode)) !== undefined;
  } catch (error) {
    showToast(describeSessionFailure(classifySessionError(error instanceof Error ? error : null), mode));
    return false;
  } finally {
    isEntering = false;
  }
}

/** Ends the session, if there is one. What was read stays where it was. */
export async function leaveSession(): Promise<void> {
  const { session } = xrStore.getState();
  if (!session) return;
  keepVisibleScrolls();
  try {
    await session.end();
  } catch {
    // The system ended it in the same moment: that is what was wanted.
  }
}
