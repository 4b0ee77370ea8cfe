/** Where this window notes which live tabs wait for it. */
export const PLACES_KEY = "qui-live-places";

/** Whether there may be any; small enough for the first screen, where most windows have none. */
export function mayHavePlaces(): boolean {
  try {
    return sessionStorage.getItem(PLACES_KEY) !== null;
  } catch {
    return false; // Storage is switched off.
  }
}
