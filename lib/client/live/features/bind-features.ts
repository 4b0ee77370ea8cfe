import { followDownloads } from "#lib/client/live/features/follow-downloads.ts";
import { registerLiveFeatureCommands } from "#lib/client/live/features/live-feature-commands.ts";
import { openLiveMenu } from "#lib/client/live/features/open-live-menu.ts";
import { sendFileDrops } from "#lib/client/live/features/send-file-drops.ts";
import { takeCopy } from "#lib/client/live/input/clipboard.ts";
import { pagePoint } from "#lib/client/live/input/page-point.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

/** Menu, dropped files, downloads and what the page copies, for a tab shown within `around`. Returns how to stop. */
export function bindFeatures(tab: LiveTab, around: HTMLElement): () => void {
  registerLiveFeatureCommands();
  const abort = new AbortController();
  const { signal } = abort;
  const stops = [followDownloads(tab), followCopies(tab), sendFileDrops(tab, around)];

  around.addEventListener(
    "contextmenu",
    (event) => {
      const isOnPage = event.target instanceof Node && event.target.contains(tab.canvas);
      const byTouch = event instanceof PointerEvent && event.pointerType === "touch";
      // With Shift the real browser's own menu opens.
      if (event.target !== tab.canvas && !isOnPage) return;
      if (event.shiftKey || byTouch) return;
      event.preventDefault();
      event.stopPropagation();
      const at = { x: event.clientX, y: event.clientY };
      void openLiveMenu(tab, {
        at,
        point: pagePoint(tab, tab.canvas, event),
        opener: document.activeElement,
      });
    },
    { signal, capture: true },
  );
  return () => {
    abort.abort();
    for (const stop of stops) stop();
  };
}

/** What a page's own button copies. */
function followCopies(tab: LiveTab): () => void {
  return tab.onMessage((message) => {
    if (message.type === "clipboard" && message.byPage) void takeCopy(tab, message);
  });
}
