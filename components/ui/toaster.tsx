import { X } from "lucide-react";
import { useStore } from "zustand";
import { IconButton } from "#components/ui/icon-button.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { dismissToast, uiStore } from "#lib/client/store/ui-store.ts";

/** Short notices at the bottom edge. They take no focus, and whatever can be taken back has its button. */
export function Toaster() {
  const toasts = useStore(uiStore, (state) => state.toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-[max(16px,env(safe-area-inset-bottom))] z-50 flex flex-col items-center gap-2 px-4 max-sm:bottom-[calc(72px+env(safe-area-inset-bottom))]"
    >
      {toasts.map(({ id, text, action }) => (
        <div
          key={id}
          data-theme="dark"
          className="pointer-events-auto flex min-h-11 max-w-[min(100%,40rem)] animate-rise items-center gap-2 rounded-panel bg-raised ps-4 pe-1.5 text-sm text-ink shadow-float"
        >
          <span className="min-w-0 py-2 [overflow-wrap:anywhere]">{text}</span>
          {action && (
            <button
              type="button"
              className="min-h-9 rounded-control px-3 font-medium text-accent hover:bg-hover"
              onClick={() => {
                dismissToast(id);
                runCommand(action.command, action.args);
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton label="Dismiss" onClick={() => dismissToast(id)}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
