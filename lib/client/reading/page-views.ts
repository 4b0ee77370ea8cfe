import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** A drawn page that commands can reach by its panel's id. */
export interface OpenPageView {
  handle: PageViewHandle;
  page: Page;
}

const views = new Map<string, OpenPageView>();

/** Returns how to take it back. */
export function registerPageView(panelId: string, view: OpenPageView): () => void {
  views.set(panelId, view);
  return () => {
    if (views.get(panelId) === view) views.delete(panelId);
  };
}

export function getPageView(panelId: string | undefined): OpenPageView | undefined {
  return panelId === undefined ? undefined : views.get(panelId);
}
