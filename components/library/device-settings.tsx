import { useEffect, useState } from "react";
import { LiveSettings } from "#components/library/live-settings.tsx";
import { OUTLINED } from "#components/library/styles.ts";
import { getStorageUse, type StorageUse } from "#lib/client/library/storage.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";
import { formatBytes } from "#lib/core/library/format-bytes.ts";

/** At the end of the settings: what live pages may keep, and what lies on this device. */
export function DeviceSettings() {
  return (
    <>
      <LiveSettings />
      <OnThisDevice />
    </>
  );
}

function OnThisDevice() {
  const [use, setUse] = useState<StorageUse | null>(null);
  useEffect(() => void getStorageUse().then(setUse), []);
  return (
    <section aria-label="On this device" className="flex flex-col gap-3 border-t border-line pt-6 text-sm">
      <h3 className="font-medium">On this device</h3>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-52 flex-1 text-pretty text-muted">
          {use?.used != null && `Qui uses ${formatBytes(use.used)}. `}
          {use &&
            (use.persisted
              ? "The browser has promised to keep it."
              : "The browser may delete it when the device runs short of space.")}
        </p>
        <button type="button" className={OUTLINED} onClick={() => openDialog("library storage")}>
          Storage…
        </button>
      </div>
    </section>
  );
}
