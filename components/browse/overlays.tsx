import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { DialogSlot } from "#components/browse/slots.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { TooltipLayer } from "#components/ui/tooltip-layer.tsx";
import { closeDialog, uiStore } from "#lib/client/store/ui-store.ts";

const CommandMenu = lazy(() => import("#components/ui/command-menu.tsx"));
const FrameDialog = lazy(() => import("#components/browse/frame-dialog.tsx"));

/** Everything that lies above the panels: menus, dialogs, notices, names. Loaded when first wanted. */
export function Overlays() {
  const hasMenu = useStore(uiStore, (state) => state.menu !== null);
  const dialog = useStore(uiStore, (state) => state.dialog);
  const announcement = useStore(uiStore, (state) => state.announcement);
  return (
    <>
      <Suspense>{hasMenu && <CommandMenu />}</Suspense>
      <Suspense>{dialog && <FrameDialog name={dialog} />}</Suspense>
      {dialog && <DialogSlot name={dialog} onClose={closeDialog} />}
      <Toaster />
      <TooltipLayer />
      <p className="sr-only" aria-live="polite">
        {announcement}
      </p>
    </>
  );
}
