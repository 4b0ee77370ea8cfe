import { HatGlasses } from "lucide-react";
import { useStore } from "zustand";
import { NewTabSlot } from "#components/browse/slots.tsx";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { commands, runCommand } from "#lib/client/commands/registry.ts";
import { shortcutStrings } from "#lib/client/commands/use-command.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { useHydrated } from "#lib/client/store/use-hydrated.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";

const CLOSED_SHOWN = 4;

/** An empty tab: the way back to what was closed, and what the library adds. */
export function NewTab({ private: isPrivate }: { private: boolean }) {
  return (
    <div className="flex size-full flex-col items-center overflow-y-auto px-6 pt-[12vh] pb-12">
      {isPrivate ? (
        <PrivateNote />
      ) : (
        <div className="flex w-full max-w-xl flex-col gap-10">
          <div className="flex flex-col items-center gap-2 text-center">
            <h1 className="text-3xl font-semibold tracking-tight">Where to?</h1>
            <p className="text-sm text-muted">Type an address, something to search for, or a command.</p>
          </div>
          <NewTabSlot />
          <RecentlyClosed />
          <Hints />
        </div>
      )}
    </div>
  );
}

function RecentlyClosed() {
  const closed = useStore(browserStore, ({ session }) => session.closed);
  const shown = closed
    .flatMap(({ panels }) => panels.map(({ panel }) => panel))
    .slice(-CLOSED_SHOWN)
    .reverse();
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="recently-closed">
      <h2 id="recently-closed" className="mb-2 px-3 text-sm font-medium text-muted">
        Recently closed
      </h2>
      <ul>
        {shown.map((panel) => {
          const url = panel.kind === "page" ? panel.state.url : "";
          return (
            <li key={panel.id}>
              <button
                type="button"
                onClick={() => runCommand("page.open", { url })}
                className="flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-start text-sm hover:bg-hover"
              >
                <SiteIcon icon={panel.kind === "page" ? panel.state.icon : null} url={url} />
                <span className="min-w-0 truncate">{panelName(panel)}</span>
                <span className="min-w-0 flex-1 truncate text-muted">{shortAddress(url)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const HINTS = ["omnibox.focus", "tab.new", "split.right", "omnibox.commands"];

/** The few keys worth knowing first, for those who have a keyboard. */
function Hints() {
  const hydrated = useHydrated();
  if (!hydrated) return null;
  return (
    <dl className="mx-auto grid grid-cols-[auto_auto] gap-x-6 gap-y-2 text-sm text-muted pointer-coarse:hidden max-sm:hidden">
      {HINTS.map((id) => (
        <div key={id} className="contents">
          <dt>{commands.title(id)}</dt>
          <dd>
            <kbd className="font-sans text-ink">{shortcutStrings(id).shortcut}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function PrivateNote() {
  return (
    <div className="flex max-w-md flex-col items-center gap-4 text-center">
      <HatGlasses aria-hidden className="size-8 text-muted" />
      <h1 className="text-xl font-semibold">Private tab</h1>
      <p className="text-muted">
        What you open here is not kept on this device: no history, nothing to reopen, gone when the tab
        closes. Qui’s server still fetches the pages, and the sites still see that server.
      </p>
    </div>
  );
}
