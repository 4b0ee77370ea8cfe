/** Where panels are heard, from -1 (left) to 1 (right): told by the room, 0 in the flat view. */
const places = new Map<string, number>();
const listeners = new Set<(panelId: string, pan: number) => void>();

/** A difference nobody hears. */
const STEP = 0.02;

export function placeSound(panelId: string): number {
  return places.get(panelId) ?? 0;
}

/** Null when the panel is no longer anywhere but in front. Cheap enough for every frame. */
export function setSoundPlace(panelId: string, pan: number | null): void {
  const before = placeSound(panelId);
  const next = pan ?? 0;
  if (pan === null ? !places.has(panelId) : Math.abs(next - before) < STEP) return;
  if (pan === null) places.delete(panelId);
  else places.set(panelId, next);
  for (const listener of listeners) listener(panelId, next);
}

export function watchSoundPlaces(listener: (panelId: string, pan: number) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
