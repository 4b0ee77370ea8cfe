/** What the frame needs from a drawn page. The reader's view registers itself while it is mounted. */
export interface ViewHandle {
  getScroll(): number;
  setScroll(y: number): void;
}

const handles = new Map<string, ViewHandle>();

/** Returns how to take it back. */
export function registerView(panelId: string, handle: ViewHandle): () => void {
  handles.set(panelId, handle);
  return () => {
    if (handles.get(panelId) === handle) handles.delete(panelId);
  };
}

export function getViewHandle(panelId: string): ViewHandle | undefined {
  return handles.get(panelId);
}
