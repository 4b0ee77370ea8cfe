import { WifiOff } from "lucide-react";
import { useStore } from "zustand";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

const SHOWN = 8;

/** What can be read without a connection, for when a page cannot be had. */
export function OfflineSaved() {
  const saved = useStore(libraryStore, (state) => state.savedPages);
  if (saved.length === 0) return null;
  return (
    <section aria-label="Saved on this device" className="mt-8 w-full max-w-md text-start font-sans text-sm">
      <h2 className="mb-1 flex items-center gap-2 px-3 font-medium text-muted">
        <WifiOff aria-hidden className="size-4" />
        Saved on this device
      </h2>
      <ul className="!m-0 !p-0">
        {saved.slice(0, SHOWN).map(({ url, title, icon }) => (
          <li key={url} className="list-none">
            <button
              type="button"
              onClick={() => runCommand("page.open", { url })}
              className="flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-start hover:bg-hover"
            >
              <SiteIcon icon={icon} url={url} />
              <span className="min-w-0 flex-1 truncate">{title}</span>
              <span className="max-w-[40%] truncate text-xs text-muted">{describeAddress(url).main}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
