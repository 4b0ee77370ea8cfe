import { useStore } from "zustand";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

/** Says how far a page is zoomed when that is not as usual; a press brings it back. */
export function ZoomChip({ panelId }: { panelId: string }) {
  const zoom = useStore(browserStore, ({ session }) => findPagePanel(session, panelId)?.state.zoom ?? 1);
  const usual = useStore(settingsStore, (settings) => settings.defaultZoom);
  if (zoom === usual) return null;
  const percent = `${Math.round(zoom * 100)} %`;
  return (
    <button
      type="button"
      aria-label={`Zoom ${percent}. Back to actual size`}
      data-tip="Actual size"
      onClick={() => runCommand("page.zoomReset", { panelId })}
      className="me-1 h-7 shrink-0 rounded-full px-2.5 text-xs font-medium text-muted tabular-nums hover:bg-hover hover:text-ink"
    >
      {percent}
    </button>
  );
}
