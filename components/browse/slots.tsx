import { lazy, Suspense } from "react";

const AddressActions = lazy(async () => ({
  default: (await import("#components/library/address-actions.tsx")).AddressActions,
}));
const NewTabLibrary = lazy(async () => ({
  default: (await import("#components/library/new-tab-library.tsx")).NewTabLibrary,
}));
const LibraryButton = lazy(async () => ({
  default: (await import("#components/library/library-button.tsx")).LibraryButton,
}));
const LibraryDialog = lazy(async () => ({
  default: (await import("#components/library/library-dialog.tsx")).LibraryDialog,
}));
const InstallDialog = lazy(async () => ({
  default: (await import("#components/library/install-dialog.tsx")).InstallDialog,
}));
const DeviceSettings = lazy(async () => ({
  default: (await import("#components/library/device-settings.tsx")).DeviceSettings,
}));

/**
 * Places of the frame that other parts of Qui fill. Each is one component, so that
 * filling it is one line here and nothing in the frame.
 */

/** Below the heading of an empty tab: top sites, the reading list. */
export function NewTabSlot() {
  return (
    <Suspense fallback={<div className="min-h-28" />}>
      <NewTabLibrary />
    </Suspense>
  );
}

/** At the end of the toolbar, before the menu: the library, downloads under way. */
export function ToolbarSlot() {
  return (
    <Suspense fallback={<span className="size-9 shrink-0" />}>
      <LibraryButton />
    </Suspense>
  );
}

/** In the address field of a page: the star of bookmarks. */
export function AddressSlot({ panelId }: { panelId: string }) {
  return (
    <Suspense>
      <AddressActions panelId={panelId} />
    </Suspense>
  );
}

/** Dialogs and sheets of other parts, opened by `openDialog(name)`; null when the name is not theirs. */
export function DialogSlot({ name, onClose }: { name: string; onClose: () => void }) {
  const [part, section] = name.split(" ");
  if (part !== "library" && part !== "install") return null;
  return (
    <Suspense>
      {part === "install" ? (
        <InstallDialog onClose={onClose} />
      ) : (
        <LibraryDialog section={section ?? "history"} onClose={onClose} />
      )}
    </Suspense>
  );
}

/** At the end of the settings: what is stored on the device, installing. */
export function SettingsSlot() {
  return (
    <Suspense fallback={<div className="h-24" />}>
      <DeviceSettings />
    </Suspense>
  );
}
