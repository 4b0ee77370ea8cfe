import { createStore } from "zustand/vanilla";

/** Chromium's own event; no other browser has it, so the DOM's types do not either. */
export interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

interface InstallState {
  /** The browser's offer, kept until it is used. */
  offer: InstallPromptEvent | null;
  /** This window is the installed app, or it was installed just now. */
  installed: boolean;
}

export const installStore = createStore<InstallState>(() => ({ offer: null, installed: false }));

/**
 * Keeps the browser's offer to install Qui, which it makes once and early, for when
 * the person wants it. Called before anything else of ours runs.
 */
export function captureInstallPrompt(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installStore.setState({ offer: event as InstallPromptEvent });
  });
  window.addEventListener("appinstalled", () => installStore.setState({ offer: null, installed: true }));
}
