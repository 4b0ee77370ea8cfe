export interface WindowListener {
  /** The window goes away: elsewhere, anew, or for good, which nothing tells apart. `mayReturn`: with all that it knows. */
  onLeave(mayReturn: boolean): void;
  /** It is back out of the browser's cache of pages, as it was. */
  onReturn(): void;
  /** The device has a network again. */
  onOnline(): void;
}

/** Tells when the window leaves and comes back. Returns how to stop. */
export function watchWindow({ onLeave, onReturn, onOnline }: WindowListener): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  window.addEventListener("pagehide", ({ persisted }) => onLeave(persisted), { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && onReturn(), { signal });
  window.addEventListener("online", onOnline, { signal });
  return () => abort.abort();
}
