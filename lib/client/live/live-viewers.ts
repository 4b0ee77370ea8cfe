import { describeDevice, trackerLevelFor } from "#lib/client/live/device.ts";
import type { LiveTabInput, LiveTabState, LiveViewer } from "#lib/client/live/live-tab.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";

const ATTENTION_ORDER = ["focused", "aside", "hidden"] as const;

/** The views that show a tab, and what its node has to know of them. */
export interface LiveViewers {
  set(view: "flat" | "room", viewer: LiveViewer | null): void;
  /** The most that any view gives it; none while this window is out of sight. */
  attention(): LiveViewer["attention"];
  /** What whoever looks most closely needs. */
  viewport(): LiveViewport;
  /** How the tab is shown now; null when its panel is gone. */
  describe(): Extract<LiveTabInput, { type: "view" }> | null;
}

export function createViewers(panelId: string, getState: () => LiveTabState): LiveViewers {
  const viewers = new Map<"flat" | "room", LiveViewer>();

  function attention(): LiveViewer["attention"] {
    if (document.visibilityState === "hidden") return "hidden";
    const all = [...viewers.values()].map((viewer) => viewer.attention);
    return ATTENTION_ORDER.find((level) => all.includes(level)) ?? "hidden";
  }

  function viewport(): LiveViewport {
    const level = attention();
    const looking = [...viewers.values()].find((viewer) => viewer.attention === level && viewer.viewport);
    return looking?.viewport ?? getState().viewport;
  }

  return {
    set(view, viewer) {
      if (viewer) viewers.set(view, viewer);
      else viewers.delete(view);
    },
    attention,
    viewport,
    describe() {
      const panel = getPagePanel(panelId);
      if (!panel) return null;
      return {
        type: "view",
        viewport: viewport(),
        device: describeDevice(panelId),
        zoom: zoomOf(panelId),
        attention: attention(),
        level: trackerLevelFor(panel.state.url),
      };
    },
  };
}

export function zoomOf(panelId: string): number {
  return Math.min(5, Math.max(0.25, getPagePanel(panelId)?.state.zoom ?? 1));
}
