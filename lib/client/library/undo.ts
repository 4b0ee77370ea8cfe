import { createStore } from "zustand/vanilla";
import { showToast, uiStore } from "#lib/client/store/ui-store.ts";

interface Undoable {
  text: string;
  /** Puts everything back as it was. */
  undo: () => Promise<void>;
}

/** The last thing deleted in the library, as long as it can be taken back. */
export const undoStore = createStore<{ last: Undoable | null }>(() => ({ last: null }));

const OFFERED_MS = 12_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Offers to take back what was just done: in the library's own window while that is
 * open, since nothing outside of it can be reached then, and as a notice elsewhere.
 */
export function offerUndo(text: string, undo: () => Promise<void>): void {
  clearTimeout(timer);
  undoStore.setState({ last: { text, undo } });
  timer = setTimeout(forgetUndo, OFFERED_MS);
  if (uiStore.getState().dialog === null) showToast(text, { label: "Undo", command: "library.undo" });
}

export function forgetUndo(): void {
  undoStore.setState({ last: null });
}

export async function undoLast(): Promise<void> {
  const { last } = undoStore.getState();
  forgetUndo();
  await last?.undo();
}
