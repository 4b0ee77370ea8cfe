import { createStore } from "zustand/vanilla";
import { type Appearance, DEFAULT_APPEARANCE, parseAppearance } from "#lib/core/reading/appearance.ts";

const STORAGE_KEY = "qui-appearance";

/** How text is set in every page; kept on this device. */
export const appearanceStore = createStore<Appearance>(() => DEFAULT_APPEARANCE);

export function setAppearance(appearance: Appearance): void {
  appearanceStore.setState(appearance, true);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(appearance));
  } catch {
    // Storage is full or switched off: it holds for this window.
  }
}

/** Reads what is kept and follows changes made in other windows. Returns how to stop. */
export function startAppearance(): () => void {
  const read = (): void => {
    let stored: unknown = null;
    try {
      stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    } catch {
      // Storage is switched off, or its text damaged: defaults.
    }
    appearanceStore.setState(parseAppearance(stored), true);
  };
  const onStorage = (event: StorageEvent): void => {
    if (event.key === STORAGE_KEY || event.key === null) read();
  };
  read();
  window.addEventListener("storage", onStorage);
  return () => window.removeEventListener("storage", onStorage);
}
