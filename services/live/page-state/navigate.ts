import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** Goes where the person wants: an address, back, forward, anew, or nowhere further. */
export function navigate({ cdp, emit }: TabHost): TabPart {
  async function visit(url: string): Promise<void> {
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
