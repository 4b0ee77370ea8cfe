import { BookOpenText, Zap } from "lucide-react";
import { useStore } from "zustand";
import { cx } from "#components/ui/class-names.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { siteOf } from "#lib/core/library/site-settings.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

const ENGINES = {
  reader: {
    Icon: BookOpenText,
    label: "Shown by the reader. Open live: the page runs in a browser on Qui’s server",
    command: "page.engine.live",
  },
  readLive: {
    Icon: BookOpenText,
    label: "Shown by the reader, from the live page. Go back to the live page",
    command: "page.engine.live",
  },
  live: {
    Icon: Zap,
    label: "Live from a browser on Qui’s server. Read this page: what it shows now, as a document",
    command: "page.engine.reader",
  },
} as const;

/** Says which engine shows the page, and what the other would do; a press changes to it. */
export function EngineButton({ panelId }: { panelId: string }) {
  const engine = useStore(
    browserStore,
    ({ session }) => findPagePanel(session, panelId)?.state.engine ?? "reader",
  );
  const isPage = useStore(
    browserStore,
    ({ session }) => siteOf(findPagePanel(session, panelId)?.state.url ?? "") !== null,
  );
  const isFromLive = useStore(browserStore, ({ views }) => {
    const view = views[panelId]?.view;
    return view?.status === "ready" && view.page.fromLive === true;
  });
  if (!isPage) return null;
  const { Icon, label, command } = ENGINES[engine === "reader" && isFromLive ? "readLive" : engine];
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      onClick={() => runCommand(command, { panelId })}
      className={cx(
        "me-1 flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2 text-xs font-medium hover:bg-hover hover:text-ink",
        engine === "live" ? "bg-pressed text-ink" : "text-muted",
      )}
    >
      <Icon aria-hidden className={cx("size-3.5", engine === "live" && "text-accent")} />
      {engine === "live" && "Live"}
    </button>
  );
}
