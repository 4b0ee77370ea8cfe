import { RotateCcw, SlidersHorizontal } from "lucide-react";
import { useStore } from "zustand";
import { Empty } from "#components/library/notes.tsx";
import { SiteSettingsForm } from "#components/library/site-settings-form.tsx";
import { QUIET } from "#components/library/styles.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { deleteSiteSettings, updateSiteSettings } from "#lib/client/library/site-settings.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

/** Sites that are treated differently from the rest. */
export function SitesView() {
  const sites = useStore(libraryStore, (state) => state.siteSettings);
  if (sites.length === 0) {
    return (
      <Empty icon={SlidersHorizontal} title="Every site is treated alike">
        Zoom, pictures and protection from trackers can differ for one site: open “About this page” at the
        start of the address field.
      </Empty>
    );
  }
  return (
    <ul className="flex flex-col gap-3">
      {sites.map((site) => (
        <li key={site.host} className="rounded-panel border border-line bg-raised p-4 text-sm">
          <div className="mb-2 flex items-center justify-between gap-2">
            <h3 className="min-w-0 truncate font-semibold">{site.host}</h3>
            <button
              type="button"
              aria-label={`Treat ${site.host} like every site`}
              className={`${QUIET} -me-2 text-muted`}
              onClick={() => {
                const { host, ...choices } = site;
                void deleteSiteSettings(host).then(() =>
                  offerUndo(`${host} is treated like every site`, () => updateSiteSettings(host, choices)),
                );
              }}
            >
              <RotateCcw aria-hidden className="size-4" />
              Reset
            </button>
          </div>
          <div className="mb-2 flex items-center justify-between gap-4">
            <label htmlFor={`level-${site.host}`}>Protection from trackers</label>
            <select
              id={`level-${site.host}`}
              value={site.trackerLevel ?? ""}
              onChange={(event) =>
                void updateSiteSettings(site.host, {
                  trackerLevel: (event.target.value || null) as TrackerLevel | null,
                })
              }
              className="min-h-9 max-w-56 rounded-control border border-line bg-raised px-2 text-sm text-ink pointer-coarse:min-h-11"
            >
              <option value="">As everywhere</option>
              <option value="strict">Strict</option>
              <option value="standard">Standard</option>
              <option value="off">Off</option>
            </select>
          </div>
          <SiteSettingsForm host={site.host} />
        </li>
      ))}
    </ul>
  );
}
