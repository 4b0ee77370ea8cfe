import { type ComponentType, lazy, Suspense } from "react";
import { closeDialog } from "#lib/client/store/ui-store.ts";

type DialogComponent = ComponentType<{ onClose: () => void }>;

const DIALOGS: Readonly<Record<string, DialogComponent>> = {
  device: lazy(async () => ({
    default: (await import("#components/browse/device-dialog.tsx")).DeviceDialog,
  })),
  help: lazy(async () => ({ default: (await import("#components/browse/help-dialog.tsx")).HelpDialog })),
  notes: lazy(async () => ({ default: (await import("#components/browse/notes-dialog.tsx")).NotesDialog })),
  settings: lazy(async () => ({
    default: (await import("#components/browse/settings-dialog.tsx")).SettingsDialog,
  })),
  spaces: lazy(async () => ({
    default: (await import("#components/browse/spaces-dialog.tsx")).SpacesDialog,
  })),
  tabs: lazy(async () => ({ default: (await import("#components/browse/tab-overview.tsx")).TabOverview })),
  trail: lazy(async () => ({ default: (await import("#components/browse/trail-dialog.tsx")).TrailDialog })),
};

const GroupDialog = lazy(async () => ({
  default: (await import("#components/browse/group-dialog.tsx")).GroupDialog,
}));

/** The frame's own dialogs by name (`openDialog(name)`). */
export default function FrameDialog({ name }: { name: string }) {
  const [kind, id] = name.split(" ");
  const Known = DIALOGS[name];
  return (
    <Suspense>
      {Known && <Known onClose={closeDialog} />}
      {kind === "group" && id && <GroupDialog groupId={id} onClose={closeDialog} />}
    </Suspense>
  );
}
