import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useEffect } from "react";
import { Spinner } from "#components/ui/spinner.tsx";
import { showToast } from "#lib/client/store/ui-store.ts";
import { setView } from "#lib/client/store/view-store.ts";

/**
 * A part that comes when it is wanted. One that cannot be fetched, as without a
 * connection before everything was kept, is left out rather than taking the frame
 * down with it.
 */
function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load().catch((): ComponentType<Props> => Nothing) }));
}

function Nothing() {
  return null;
}

/** In place of a dialog that could not be fetched: says so and gives the frame back. */
function Missing({ onClose }: { onClose: () => void }) {
  useEffect(() => {
    onClose();
    showToast("This part of Qui could not be fetched. Check your connection, then reload.");
  }, [onClose]);
  return null;
}

const AddressActions = lazyPart(
  async () => (await import("#components/library/address-actions.tsx")).AddressActions,
);
const NewTabLibrary = lazyPart(
  async () => (await import("#components/library/new-tab-library.tsx")).NewTabLibrary,
);
const LibraryButton = lazyPart(
  async () => (await import("#components/library/library-button.tsx")).LibraryButton,
);
const DeviceSettings = lazyPart(
  async () => (await import("#components/library/device-settings.tsx")).DeviceSettings,
);
const LibraryDialog = lazyPart<{ section: string; onClose: () => void }>(() =>
  import("#components/library/library-dialog.tsx").then(
    (module) => module.LibraryDialog,
    () => Missing,
  ),
);
const InstallDialog = lazyPart<{ onClose: () => void }>(() =>
  import("#components/library/install-dialog.tsx").then(
    (module) => module.InstallDialog,
    () => Missing,
  ),
);
const Room = lazyPart<object>(() =>
  import("#components/room/room.tsx").then(
    (module) => module.Room,
    () => NoRoom,
  ),
);

/** In place of a room that could not be fetched: says so and gives the flat view back. */
function NoRoom() {
  useEffect(() => {
    setView("flat");
    showToast("The room could not be fetched. Check your connection, then try again.");
  }, []);
  return null;
}

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

/** In place of the flat panels: the same ones in 3D. Its code, three.js above all, comes only now. */
export function RoomSlot() {
  return (
    <Suspense
      fallback={
        <p role="status" className="flex h-full items-center justify-center gap-3 text-muted">
          <Spinner /> Building the room…
        </p>
      }
    >
      <Room />
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
