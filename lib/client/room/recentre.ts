const listeners = new Set<() => void>();

/** Puts the person in the middle of the layout again, facing ahead of it. Nothing happens outside a session. */
export function requestRecentre(): void {
  for (const listener of listeners) listener();
}

export function listenRecentre(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
