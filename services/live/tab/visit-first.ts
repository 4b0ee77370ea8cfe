import type { CDPSession, Page } from "playwright-core";
import type { TabHost } from "#services/live/tab/tab-host.ts";

const LOAD_MS = 30_000;

interface VisitOptions {
  page: Page;
  cdp: CDPSession;
  url: string;
  scroll: { x: number; y: number } | undefined;
  emit: TabHost["emit"];
}

/** Goes to a tab's first address, and to where it had been read to. Never rejects. */
export async function visitFirst({ page, cdp, url, scroll, emit }: VisitOptions): Promise<void> {
  const { errorText } = await cdp.send("Page.navigate", { url }).catch((error: unknown) => ({
    errorText: /took longer/.test(String(error)) ? "net::ERR_TIMED_OUT" : "",
  }));
  if (errorText) {
    if (errorText !== "net::ERR_ABORTED") emit({ type: "load-failed", url, error: errorText });
    return;
  }
  if (!scroll) return;
  await page.waitForLoadState("load", { timeout: LOAD_MS }).catch(() => {
    // Slow pages are scrolled as far as they have come.
  });
  // Given as text, since a page may have put something else in place of its own functions.
  await cdp
    .send("Runtime.evaluate", { expression: `window.scrollTo(${Number(scroll.x)}, ${Number(scroll.y)})` })
    .catch(() => {
      // The page went elsewhere meanwhile.
    });
}
