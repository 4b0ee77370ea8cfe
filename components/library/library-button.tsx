import { Library } from "lucide-react";
import { useStore } from "zustand";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";

/** The way to everything kept; turns while something is on its way to this device. */
export function LibraryButton() {
  const busy = useStore(
    libraryStore,
    ({ savedPages, downloads }) =>
      savedPages.some(({ status }) => status === "saving") ||
      downloads.some(({ state }) => state === "running"),
  );
  return (
    <IconButton
      label={busy ? "Library, saving" : "Library"}
      aria-haspopup="dialog"
      onClick={() => openDialog("library history")}
    >
      {busy ? <Spinner /> : <Library aria-hidden className="size-4.5" />}
    </IconButton>
  );
}
