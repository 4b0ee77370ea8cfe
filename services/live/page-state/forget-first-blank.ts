import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/**
 * A tab begins with an empty page of Chromium's own, which is nothing to go back to. Stands before the part
 * that reads the history, so that the answer it gets is without it.
 */
export function forgetFirstBlank({ cdp }: TabHost): TabPart {
  const forget = ({ frame }: { frame: { parentId?: string; url: string } }) => {
    if (frame.parentId !== undefined || frame.url === "about:blank") return;
    cdp.off("Page.frameNavigated", forget);
    cdp.send("Page.resetNavigationHistory").catch(() => {
      // The page is gone; its own event ends the tab.
    });
  };
  cdp.on("Page.frameNavigated", forget);
  return {};
}
