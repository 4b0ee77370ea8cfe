import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/**
 * A tab begins with an empty page of Chromium's own, which is nothing to go back to. Stands before the part
 * that reads the history, so that the answer it gets is without it.
 */
export function forgetFirstBlank({ cdp }: TabHost): TabPart {
  let arrived = false;

  const forget = () => {
    if (!arrived) return;
    cdp
      .send("Page.resetNavigationHistory")
      .then(stop)
      .catch(() => {
        // The page changes its process at this moment: the next event tries again.
      });
  };
  const onNavigated = ({ frame }: { frame: { parentId?: string; url: string } }) => {
    if (frame.parentId !== undefined || frame.url === "about:blank") return;
    // Whatever happened to the first try, after the second address there is more to lose than to gain.
    if (arrived) stop();
    else {
      arrived = true;
      forget();
    }
  };
  function stop(): void {
    cdp.off("Page.frameNavigated", onNavigated);
    cdp.off("Page.domContentEventFired", forget);
    cdp.off("Page.loadEventFired", forget);
  }
  cdp.on("Page.frameNavigated", onNavigated);
  cdp.on("Page.domContentEventFired", forget);
  cdp.on("Page.loadEventFired", forget);
  return {};
}
