import { applySiteZoom } from "#lib/client/pages/apply-site-zoom.ts";
import { cachePage } from "#lib/client/pages/page-cache.ts";
import { getPagePanel, updateSession, updateView } from "#lib/client/store/browser-store.ts";
import { getLibrary } from "#lib/client/store/library-port.ts";
import { commitPage, setEngine } from "#lib/core/space/navigation.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Shows the copy saved on this device; false when there is none, or the panel has moved on. */
export async function showSavedCopy(panelId: string, url: string): Promise<boolean> {
  const saved = await getLibrary()
    .getSavedPage(url)
    .catch(() => null);
  if (!saved || getPagePanel(panelId)?.state.url !== url) return false;
  showPage(panelId, url, saved.page, { savedAt: saved.savedAt });
  return true;
}

interface ShowOptions {
  /** ISO 8601: it is the copy saved on this device then. */
  savedAt?: string;
}

/** Shows a page in the reader and takes over its address, title and icon, unless the panel has moved on from `asked`. */
export function showPage(panelId: string, asked: string, page: Page, { savedAt }: ShowOptions = {}): void {
  const url = addressOf(asked, page);
  updateView(panelId, (view) => ({
    load: null,
    stopped: false,
    view: { status: "ready", page, ...(savedAt ? { savedAt } : {}) },
    shownCount: view.shownCount + 1,
  }));
  const title = page.document.title || titleFor(url);
  updateSession((session) =>
    setEngine(commitPage(session, panelId, { asked, url, title, icon: page.icon }), panelId, "reader"),
  );
  applySiteZoom(panelId, url);
  if (!savedAt) for (const each of new Set([asked, url])) cachePage(each, privateKey(panelId), page);
}

/** A search keeps its words; a page gets its final address, with the fragment that was asked for. */
export function addressOf(asked: string, { document, fromLive }: Page): string {
  if (document.kind === "search") return asked;
  const { finalUrl } = document.source;
  // A browser says the whole of it.
  if (fromLive) return finalUrl;
  const fragment = URL.parse(asked)?.hash ?? "";
  return fragment && !finalUrl.includes("#") ? finalUrl + fragment : finalUrl;
}

function titleFor(url: string): string {
  return URL.parse(url)?.hostname ?? url;
}

/** Under what a panel's pages are kept apart from those of others; null for one that is not private. */
export function privateKey(panelId: string): string | null {
  return getPagePanel(panelId)?.private ? panelId : null;
}
