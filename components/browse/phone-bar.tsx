import { ArrowLeft, ArrowRight, EllipsisVertical, HatGlasses, LockOpen, Search } from "lucide-react";
import { useStore } from "zustand";
import { openHistoryMenu, openMainMenu } from "#components/browse/menus.ts";
import { CommandButton } from "#components/ui/command-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { openDialog, requestOmnibox } from "#lib/client/store/ui-store.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** Everything for the thumb: back, forward, the address, the tabs, the menu. */
export function PhoneBar() {
  const url = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.state.url ?? "",
  );
  const isPrivate = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, session.activeId)?.private === true,
  );
  const loading = useStore(browserStore, ({ session, views }) => views[session.activeId ?? ""]?.load != null);
  const count = useStore(browserStore, ({ session }) => session.space.panels.length);
  const { main, kind, security } = describeAddress(url);
  return (
    <nav
      aria-label="Browsing"
      data-focus-part="toolbar"
      data-theme={isPrivate ? "dark" : undefined}
      className="flex items-center gap-0.5 border-t border-line bg-sunken px-1 pt-1.5 pb-[max(6px,env(safe-area-inset-bottom))] text-ink sm:hidden"
    >
      <CommandButton command="page.back" size="touch" onContextMenu={(event) => openHistoryMenu(event, -1)}>
        <ArrowLeft aria-hidden className="size-5 rtl:-scale-x-100" />
      </CommandButton>
      <CommandButton command="page.forward" size="touch" onContextMenu={(event) => openHistoryMenu(event, 1)}>
        <ArrowRight aria-hidden className="size-5 rtl:-scale-x-100" />
      </CommandButton>
      <button
        type="button"
        aria-label={url ? `Address: ${main}` : "Type an address or search"}
        onClick={() => requestOmnibox()}
        className="flex h-11 min-w-0 flex-1 items-center justify-center gap-2 rounded-full border border-line bg-raised px-3 text-sm"
      >
        {loading ? (
          <Spinner className="size-3.5" />
        ) : isPrivate ? (
          <HatGlasses aria-hidden className="size-4 shrink-0 text-muted" />
        ) : security === "insecure" ? (
          <LockOpen aria-hidden className="size-3.5 shrink-0 text-warn" />
        ) : kind !== "page" ? (
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
        ) : null}
        <span className={url ? "truncate" : "truncate text-muted"}>{main || "Search or address"}</span>
      </button>
      <IconButton
        label={`Tabs, ${count} open`}
        size="touch"
        aria-haspopup="dialog"
        onClick={() => openDialog("tabs")}
      >
        <span className="grid size-5.5 place-items-center rounded-md border-[1.75px] border-current text-[11px] font-semibold tabular-nums">
          {count > 99 ? "∞" : count}
        </span>
      </IconButton>
      <IconButton
        label="Menu"
        size="touch"
        aria-haspopup="menu"
        onClick={(event) => openMainMenu(event.currentTarget)}
      >
        <EllipsisVertical aria-hidden className="size-5" />
      </IconButton>
    </nav>
  );
}
