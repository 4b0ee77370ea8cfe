import { failDownload, finishDownload, startDownload } from "#lib/client/library/downloads.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/**
 * Runs a download and keeps what came of it on the list, under the page in front.
 * Nothing is noted for a private panel. A list that cannot be written never stops
 * a download.
 */
export async function noteDownload(
  file: { name: string; mimeType: string },
  run: () => Promise<number>,
): Promise<void> {
  const { session } = browserStore.getState();
  const panel = findPagePanel(session, session.activeId);
  const noted =
    panel && !panel.private
      ? await startDownload({ ...file, pageUrl: panel.state.url }).catch(() => null)
      : null;
  try {
    const bytes = await run();
    if (noted) await finishDownload(noted, bytes).catch(() => undefined);
  } catch (error) {
    if (noted) await failDownload(noted).catch(() => undefined);
    throw error;
  }
}
