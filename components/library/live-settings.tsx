import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { DANGER, FIELD, OUTLINED } from "#components/library/styles.ts";
import { ChoiceRow } from "#components/ui/choice-row.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { getLiveStatus, isKnownToLivePages } from "#lib/client/library/live-profile.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";
import { LIVE_ZONES } from "#lib/protocol/live-zones.ts";

const CHOICES = [
  { value: "forget", label: "Forget" },
  { value: "keep", label: "Keep" },
] as const;

/** What sites opened live may remember and are told; nothing where there are no live pages. */
export function LiveSettings() {
  const keeps = useStore(settingsStore, ({ liveProfile }) => liveProfile);
  const [offered, setOffered] = useState({ live: false, profiles: false });
  useEffect(() => {
    void getLiveStatus().then((status) =>
      setOffered({
        live: status !== null && status.state !== "off",
        profiles: status?.profiles ?? false,
      }),
    );
  }, []);
  const showsProfile = offered.profiles || keeps;
  if (!offered.live && !showsProfile) return null;
  return (
    <section aria-label="Live pages" className="flex flex-col gap-3 border-t border-line pt-6 text-sm">
      <h3 className="font-medium">Live pages</h3>
      <ZoneField />
      {showsProfile && (
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
      )}
      {showsProfile && isKnownToLivePages() && (
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

function ZoneField() {
  const zone = useStore(settingsStore, ({ liveZone }) => liveZone);
  return (
    <label className="flex flex-col gap-2">
      <span className="font-medium">Time zone that sites are told</span>
      <select
        className={FIELD}
        value={zone}
        onChange={({ target }) => runCommand("library.liveZone", { text: target.value })}
      >
        {LIVE_ZONES.map((each) => (
          <option key={each} value={each}>
            {each === "UTC" ? "UTC, as for most" : each.replace("/", ": ").replaceAll("_", " ")}
          </option>
        ))}
      </select>
      <span className="text-muted">For live pages opened once all that are open have closed.</span>
    </label>
  );
}
