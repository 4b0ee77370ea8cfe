import { ShieldCheck } from "lucide-react";
import { useStore } from "zustand";
import { useLiveState } from "#components/live/use-live-tab.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { togglePopover } from "#lib/client/store/ui-store.ts";

/** How many trackers of this page reached nobody. */
export function TrackerButton({ panelId }: { panelId: string }) {
  const read = useStore(browserStore, ({ views }) => {
    const view = views[panelId]?.view;
    return view?.status === "ready" ? view.page.trackers.count : null;
  });
  const live = useLiveState(panelId, ({ trackers }) => trackers?.count ?? 0);
  const count = live ?? read;
  if (count === null || count === 0) return null;
  const label = `${count} ${count === 1 ? "tracker" : "trackers"} kept away`;
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      onClick={() => togglePopover("site")}
      className="me-1 flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-xs font-medium text-muted tabular-nums hover:bg-hover hover:text-ink"
    >
      <ShieldCheck aria-hidden className="size-3.5 text-good" />
      {count}
    </button>
  );
}
