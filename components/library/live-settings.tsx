import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { DANGER, OUTLINED } from "#components/library/styles.ts";
import { ChoiceRow } from "#components/ui/choice-row.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { getLiveStatus, isKnownToLivePages } from "#lib/client/library/live-profile.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";

const CHOICES = [
  { value: "forget", label: "Forget" },
  { value: "keep", label: "Keep" },
] as const;

/** What sites opened live may remember; nothing where the server keeps no profiles. */
export function LiveSettings() {
  const keeps = useStore(settingsStore, ({ liveProfile }) => liveProfile);
  const [offered, setOffered] = useState(false);
  useEffect(() => void getLiveStatus().then((status) => setOffered(status?.profiles ?? false)), []);
  if (!offered && !keeps) return null;
  return (
    <section aria-label="Live pages" className="flex flex-col gap-3 border-t border-line pt-6 text-sm">
      <h3 className="font-medium">Live pages</h3>
      <ChoiceRow
        legend="Sign-ins and what sites store"
        hint={
          keeps
            ? "Kept on Qui’s server, encrypted, so that you stay signed in. Whoever runs the server could read it."
            : "Forgotten when the last tab closes."
        }
        options={CHOICES}
        value={keeps ? "keep" : "forget"}
        onChange={(value) => updateSettings({ liveProfile: value === "keep" })}
      />
      {isKnownToLivePages() && (
        <div className="flex flex-wrap gap-3">
          <button
            type="button"
            className={OUTLINED}
            onClick={() => runCommand("library.downloadLiveProfile")}
          >
            Download what is kept
          </button>
          <button type="button" className={DANGER} onClick={() => runCommand("library.eraseLiveProfile")}>
            Erase it
          </button>
        </div>
      )}
    </section>
  );
}
