import type { BrowserState } from "#lib/client/store/browser-store.ts";
import type { CueName } from "#lib/core/room-audio/cues.ts";

/** What a change of the panels sounds like, and at which panel; null for most. A restored session makes no sound. */
export function cueOfChange(
  { session, views, status }: BrowserState,
  previous: BrowserState,
): { name: CueName; panelId: string } | null {
  if (status !== "ready" || previous.status !== "ready") return null;
  const { panels, id } = session.space;
  const before = previous.session.space;
  // Another space is another room, not twenty panels opened.
  if (before.id !== id) return null;
  if (panels !== before.panels && panels.length !== before.panels.length) {
    const [more, fewer] =
      panels.length > before.panels.length ? [panels, before.panels] : [before.panels, panels];
    const changed = more.find((panel) => !fewer.some((other) => other.id === panel.id));
    if (changed) return { name: more === panels ? "open" : "close", panelId: changed.id };
  }
  if (views === previous.views) return null;
  for (const [panelId, { view }] of Object.entries(views)) {
    const isFault = view?.status === "failed" || view?.status === "offline";
    if (isFault && previous.views[panelId]?.view?.status !== view.status) return { name: "error", panelId };
  }
  return null;
}
