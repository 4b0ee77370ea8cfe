import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** The omnibox on a phone: it takes the whole screen while something is typed. */
export function OmniboxSheet() {
  const request = useStore(uiStore, (state) => state.omniboxRequest);
  const panelId = useStore(browserStore, ({ session }) => session.activeId);
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLDialogElement>(null);
  const first = useRef(request.count);

  useEffect(() => {
    if (request.count !== first.current) setOpen(true);
  }, [request.count]);

  useEffect(() => {
    if (open) ref.current?.showModal();
  }, [open]);

  if (!open) return null;
  const close = () => setOpen(false);
  return (
    <dialog
      ref={ref}
      aria-label="Address, search or command"
      onClose={close}
      className="fixed inset-0 m-0 size-full max-h-none max-w-none animate-sheet flex-col bg-paper px-4 pt-[max(12px,env(safe-area-inset-top))] text-ink open:flex"
    >
      <div className="flex min-h-0 flex-1 flex-col">
        <Omnibox
          key={request.count}
          panelId={panelId}
          url={url}
          variant="sheet"
          request={{ count: 1, text: request.text }}
          onChoose={(suggestion, newTab) => {
            close();
            chooseSuggestion(suggestion, { panelId, newTab });
          }}
          onLeave={close}
          before={
            <IconButton label="Close" size="touch" className="rounded-full" onClick={close}>
              <ArrowLeft aria-hidden className="size-5 rtl:-scale-x-100" />
            </IconButton>
          }
        />
      </div>
    </dialog>
  );
}
