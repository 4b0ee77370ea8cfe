import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";

const handles = new Map<string, PageViewHandle>();

/** Makes a drawn panel known to what moves between pages. Returns how to take it back. */
export function registerView(panelId: string, handle: PageViewHandle): () => void {
  handles.set(panelId, handle);
  return () => {
    if (handles.get(panelId) === handle) handles.delete(panelId);
  };
}

export function getViewHandle(panelId: string): PageViewHandle | undefined {
  return handles.get(panelId);
}
