import { HatGlasses, Plus, X } from "lucide-react";
import { useStore } from "zustand";
import { openTabMenu } from "#components/browse/menus.ts";
import { cx } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { Panel } from "#lib/protocol/space.ts";

/** All tabs as cards: the way between them on a phone. */
export function TabOverview({ onClose }: { onClose: () => void }) {
  const session = useStore(browserStore, (state) => state.session);
  const { panels } = session.space;
  const run = (id: string) => {
    onClose();
    runCommand(id);
  };
  return (
    <Dialog title={panels.length === 1 ? "1 tab" : `${panels.length} tabs`} size="large" onClose={onClose}>
      <ul className="grid grid-cols-2 gap-3 pt-1 pb-24 sm:grid-cols-3 sm:pb-4 md:grid-cols-4">
        {panels.map((panel) => (
          <Card key={panel.id} panel={panel} active={panel.id === session.activeId} onClose={onClose} />
        ))}
      </ul>
      <div className="flex gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:border-t max-sm:border-line max-sm:bg-paper max-sm:px-4 max-sm:pt-2 max-sm:pb-[max(8px,env(safe-area-inset-bottom))]">
        <button
          type="button"
          onClick={() => run("tab.new")}
          className="flex min-h-11 flex-1 items-center justify-center gap-2 rounded-control bg-accent px-4 text-sm font-medium text-on-accent sm:flex-none"
        >
          <Plus aria-hidden className="size-4.5" />
          New tab
        </button>
        <button
          type="button"
          onClick={() => run("tab.newPrivate")}
          className="flex min-h-11 flex-1 items-center justify-center gap-2 rounded-control border border-line px-4 text-sm font-medium hover:bg-hover sm:flex-none"
        >
          <HatGlasses aria-hidden className="size-4.5" />
          Private tab
        </button>
      </div>
    </Dialog>
  );
}

function Card({ panel, active, onClose }: { panel: Panel; active: boolean; onClose: () => void }) {
  const excerpt = useStore(browserStore, ({ views }) => {
    const view = views[panel.id]?.view;
    return view?.status === "ready" ? (view.page.document.excerpt ?? "") : "";
  });
  const name = panelName(panel);
  const url = panel.kind === "page" ? panel.state.url : "";
  return (
    <li
      data-theme={panel.private ? "dark" : undefined}
      onContextMenu={(event) => openTabMenu(event, panel.id)}
      className={cx(
        "relative flex h-40 flex-col overflow-hidden rounded-panel bg-raised text-ink",
        active ? "shadow-[0_0_0_2px_var(--accent)]" : "shadow-[0_0_0_1px_var(--line)]",
      )}
    >
      <button
        type="button"
        aria-current={active ? "true" : undefined}
        data-autofocus={active || undefined}
        onClick={() => {
          onClose();
          runCommand("tab.select", { panelId: panel.id });
        }}
        className="flex size-full flex-col gap-2 rounded-[inherit] p-3 text-start outline-offset-[-3px] hover:bg-hover"
      >
        <span className="flex w-full items-center gap-2 pe-7">
          <SiteIcon
            icon={panel.kind === "page" ? panel.state.icon : null}
            url={url}
            private={panel.private}
          />
          <span className="min-w-0 truncate text-xs text-muted">
            {url ? shortAddress(url) : panel.private ? "Private" : "Empty"}
          </span>
        </span>
        <span className="line-clamp-3 text-sm font-medium">{name}</span>
        <span className="line-clamp-2 text-xs text-muted">{excerpt}</span>
      </button>
      <IconButton
        label={`Close ${name}`}
        className="absolute end-0 top-0 size-11"
        onClick={() => runCommand("tab.close", { panelId: panel.id })}
      >
        <X aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}
