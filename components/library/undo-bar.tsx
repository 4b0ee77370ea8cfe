import { useStore } from "zustand";
import { undoLast, undoStore } from "#lib/client/library/undo.ts";

/** What was just deleted, and the way back, as long as there is one. */
export function UndoBar() {
  const last = useStore(undoStore, (state) => state.last);
  return (
    <div role="status" className="pointer-events-none sticky bottom-0 z-10 mt-auto flex justify-center pt-3">
      {last && (
        <div
          data-theme="dark"
          className="pointer-events-auto flex min-h-11 max-w-full animate-rise items-center gap-2 rounded-panel bg-raised ps-4 pe-1.5 text-sm text-ink shadow-float"
        >
          <span className="min-w-0 py-2">{last.text}</span>
          <button
            type="button"
            className="min-h-9 rounded-control px-3 font-medium text-accent hover:bg-hover pointer-coarse:min-h-11"
            onClick={() => void undoLast()}
          >
            Undo
          </button>
        </div>
      )}
    </div>
  );
}
