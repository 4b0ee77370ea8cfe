import { ArrowLeft } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** The omnibox on a phone: it takes the whole screen while something is typed. */
export function OmniboxSheet() {
  const requestCount = useStore(uiStore, (state) => state.omniboxRequest.count);
  const panelId = useStore(browserStore, ({ session }) => session.activeId);
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLDialogElement>(null);
  const seen = useRef(requestCount);

  useEffect(() => {
    if (requestCount === seen.current) return;
    seen.current = requestCount;
    setOpen(true);
  }, [requestCount]);

  // Before the field asks for the focus, which it can only get on screen.
  useLayoutEffect(() => {
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
          key={requestCount}
          panelId={panelId}
          url={url}
          variant="sheet"
          requestCount={requestCount}
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
