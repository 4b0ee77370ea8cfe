import { useStore } from "zustand";
import { SettingsSlot } from "#components/browse/slots.tsx";
import { ChoiceRow } from "#components/ui/choice-row.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { type Settings, settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";
import { ZOOM_STEPS } from "#lib/core/reading/appearance.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

const THEMES: readonly { value: Settings["theme"]; label: string }[] = [
  { value: "system", label: "As on this device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const LEVELS: readonly { value: TrackerLevel; label: string }[] = [
  { value: "off", label: "Off" },
  { value: "standard", label: "Standard" },
  { value: "strict", label: "Strict" },
];

const LEVEL_HINTS: Record<TrackerLevel, string> = {
  off: "Trackers are counted but left in the page. Their scripts still never run on your device.",
  standard: "Known trackers are taken out, and tracking marks are removed from links.",
  strict:
    "Everything from other companies that reading does not need is taken out. Some pictures may be missing.",
};

/** What holds for every panel. Kept on this device. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const settings = useStore(settingsStore);
  return (
    <Dialog title="Settings" onClose={onClose} description="Saved on this device only.">
      <div className="flex flex-col gap-7 pt-3">
        <ChoiceRow
          legend="Theme"
          options={THEMES}
          value={settings.theme}
          onChange={(theme) => updateSettings({ theme })}
        />
        <ChoiceRow
          legend="Protection from trackers"
          options={LEVELS}
          value={settings.trackerLevel}
          hint={`${LEVEL_HINTS[settings.trackerLevel]} Holds for pages opened from now on.`}
          onChange={(trackerLevel) => updateSettings({ trackerLevel })}
        />
        <label className="flex items-center justify-between gap-4 text-sm">
          <span className="font-medium">Zoom of new tabs</span>
          <select
            value={settings.defaultZoom}
            onChange={(event) => updateSettings({ defaultZoom: Number(event.target.value) })}
            className="min-h-9 rounded-control border border-line bg-raised px-2 pointer-coarse:min-h-11"
          >
            {ZOOM_STEPS.filter((zoom) => zoom <= 3).map((zoom) => (
              <option key={zoom} value={zoom}>
                {Math.round(zoom * 100)} %
              </option>
            ))}
          </select>
        </label>
        <SettingsSlot />
      </div>
    </Dialog>
  );
}
