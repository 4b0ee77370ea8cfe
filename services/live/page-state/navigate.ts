import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/**
 * What a page may stand at. Chromium asks nobody when its driver goes somewhere: the node's own files, its
 * settings and Qui's own pages in it are for nobody to see.
 */
const PAGE_ADDRESS = /^(?:https?:|data:|blob:|about:blank$)/i;

/** Goes where the person wants: an address, back, forward, anew, or nowhere further. */
export function navigate({ cdp, emit }: TabHost): TabPart {
  async function visit(url: string): Promise<void> {
    if (!PAGE_ADDRESS.test(url.trim())) {
      emit({ type: "load-failed", url, error: "net::ERR_DISALLOWED_URL_SCHEME" });
      return;
    }
    const { errorText } = await cdp.send("Page.navigate", { url });
    if (errorText && errorText !== "net::ERR_ABORTED") emit({ type: "load-failed", url, error: errorText });
  }

  async function step(by: number): Promise<void> {
    const { currentIndex, entries } = await cdp.send("Page.getNavigationHistory");
    const entry = entries[currentIndex + by];
    if (entry) await cdp.send("Page.navigateToHistoryEntry", { entryId: entry.id });
  }

  return {
    handle(message) {
      if (message.type !== "navigate") return;
      const { to } = message;
      const done =
        "url" in to
          ? visit(to.url)
          : to.action === "stop"
            ? cdp.send("Page.stopLoading")
            : to.action === "back" || to.action === "forward"
              ? step(to.action === "back" ? -1 : 1)
              : cdp.send("Page.reload", { ignoreCache: to.action === "reload-hard" });
      done.catch(() => {
        // The page is gone; its own event ends the tab.
      });
    },
  };
}
