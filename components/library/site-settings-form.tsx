import { useId } from "react";
import { useStore } from "zustand";
import { updateSiteSettings } from "#lib/client/library/site-settings.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsStore } from "#lib/client/store/site-settings-store.ts";
import type { SiteSettings } from "#lib/core/library/site-settings.ts";
import { ZOOM_STEPS } from "#lib/core/reading/appearance.ts";

const SELECT =
  "min-h-9 max-w-56 rounded-control border border-line bg-raised px-2 text-sm text-ink pointer-coarse:min-h-11";

type SiteChange = Partial<Pick<SiteSettings, "zoom" | "images" | "engine">>;

interface SiteSettingsFormProps {
  host: string;
  /** Told after each change: the page in sight may have to follow. */
  onChange?: (change: SiteChange) => void;
}

/** Engine, zoom and pictures for one site. "As everywhere" takes the exception back. */
export function SiteSettingsForm({ host, onChange }: SiteSettingsFormProps) {
  const id = useId();
  const site = useStore(siteSettingsStore, ({ sites }) => sites.find((other) => other.host === host));
  const general = useStore(settingsStore);
  const change = (fields: SiteChange) => {
    void updateSiteSettings(host, fields).then(() => onChange?.(fields));
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={`${id}-engine`}>Pages open</label>
        <select
          id={`${id}-engine`}
          className={SELECT}
          value={site?.engine ?? ""}
          onChange={({ target }) =>
            change({ engine: target.value === "live" || target.value === "reader" ? target.value : null })
          }
        >
          <option value="">In the reader, live where needed</option>
          <option value="live">Always live</option>
          <option value="reader">Always in the reader</option>
        </select>
      </div>
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={`${id}-zoom`}>Zoom</label>
        <select
          id={`${id}-zoom`}
          className={SELECT}
          value={site?.zoom ?? ""}
          onChange={(event) => change({ zoom: event.target.value ? Number(event.target.value) : null })}
        >
          <option value="">As everywhere ({percent(general.defaultZoom)})</option>
          {ZOOM_STEPS.map((zoom) => (
            <option key={zoom} value={zoom}>
              {percent(zoom)}
            </option>
          ))}
        </select>
      </div>
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={`${id}-images`}>Pictures</label>
        <select
          id={`${id}-images`}
          className={SELECT}
          value={site?.images == null ? "" : String(site.images)}
          onChange={(event) => change({ images: event.target.value ? event.target.value === "true" : null })}
        >
          <option value="">As everywhere ({general.appearance.images ? "shown" : "off"})</option>
          <option value="true">Shown</option>
          <option value="false">Off</option>
        </select>
      </div>
    </div>
  );
}

function percent(zoom: number): string {
  return `${Math.round(zoom * 100)} %`;
}
