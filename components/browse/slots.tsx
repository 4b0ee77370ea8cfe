import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useEffect, useState } from "react";
import { Spinner } from "#components/ui/spinner.tsx";
import { showToast } from "#lib/client/store/ui-store.ts";
import { setView } from "#lib/client/store/view-store.ts";
import { isFetchFault } from "#lib/core/errors/fetch-fault.ts";

interface Fallbacks<Props> {
  /** In place of a part that cannot be fetched, as without a connection before everything was kept. */
  unfetched: ComponentType<Props>;
  /** In place of one that came and failed. */
  faulty: ComponentType<Props>;
}

/** A part that comes when it is wanted. One that does not come never takes the frame down with it. */
function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { unfetched, faulty }: Fallbacks<Props> = { unfetched: Nothing, faulty: Nothing },
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({
    default: await load().catch((error: unknown) => {
      if (isFetchFault(error)) return unfetched;
      // A fault of ours hides nowhere: it is in the console, and a test that meets it fails.
      console.error(error);
      return faulty;
    }),
  }));
}

function Nothing() {
  return null;
}

/** In place of a dialog that did not come: says why and gives the frame back. */
function useApology(text: string, giveBack: () => void) {
  useEffect(() => {
    giveBack();
    showToast(text);
  }, [text, giveBack]);
}

function UnfetchedDialog({ onClose }: { onClose: () => void }) {
  useApology("This part of Qui could not be fetched. Check your connection, then reload.", onClose);
  return null;
}

function FaultyDialog({ onClose }: { onClose: () => void }) {
  useApology("This part of Qui has a fault and did not start. Your pages are not affected.", onClose);
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
const DIALOG_FALLBACKS = { unfetched: UnfetchedDialog, faulty: FaultyDialog };
const LibraryDialog = lazyPart<{ section: string; onClose: () => void }>(
  async () => (await import("#components/library/library-dialog.tsx")).LibraryDialog,
  DIALOG_FALLBACKS,
);
const InstallDialog = lazyPart<{ onClose: () => void }>(
  async () => (await import("#components/library/install-dialog.tsx")).InstallDialog,
  DIALOG_FALLBACKS,
);

const fetchRoom = () =>
  lazyPart<object>(async () => (await import("#components/room/room.tsx")).Room, {
    unfetched: UnfetchedRoom,
    faulty: FaultyRoom,
  });
let roomPart = fetchRoom();

const toFlat = () => setView("flat");

/** The next wish for the room fetches it again. */
function UnfetchedRoom() {
  useEffect(() => {
    roomPart = fetchRoom();
  }, []);
  useApology("The room could not be fetched. Check your connection, then try again.", toFlat);
  return null;
}

function FaultyRoom() {
  useApology("The room has a fault and did not start. Your panels are safe in the flat view.", toFlat);
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
  const [Room] = useState(() => roomPart);
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
