import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

const LOAD_MS = 30_000;
const DOCUMENT_MS = 2_000;

interface VisitOptions {
  cdp: CDPSession;
  url: string;
  scroll: { x: number; y: number } | undefined;
  emit: TabHost["emit"];
  /** The first document is there, or cannot come. */
  onDocument(): void;
}

/** Goes to a tab's first address, and to where it had been read to. Never rejects. */
export async function visitFirst({ cdp, url, scroll, emit, onDocument }: VisitOptions): Promise<void> {
  const { promise: document, resolve } = Promise.withResolvers<void>();
  const onNavigated = ({ frame }: { frame: { parentId?: string } }) => {
    if (frame.parentId === undefined) resolve();
  };
  cdp.on("Page.frameNavigated", onNavigated);
  const { errorText } = await cdp.send("Page.navigate", { url }).catch((error: unknown) => ({
    errorText: /took longer/.test(String(error)) ? "net::ERR_TIMED_OUT" : "",
  }));
  // Chromium answers a moment before it, or as soon as another navigation has taken this one's place.
  await within(document, DOCUMENT_MS, "a document").catch(() => {
    // An address that is a file to keep brings none.
  });
  cdp.off("Page.frameNavigated", onNavigated);
  onDocument();
  if (errorText) {
    if (errorText !== "net::ERR_ABORTED") emit({ type: "load-failed", url, error: errorText });
    return;
  }
  if (scroll) await arriveAt(cdp, scroll);
}

/** Scrolls as soon as the document stands, and again when what it loads has made it longer. */
async function arriveAt(cdp: CDPSession, { x, y }: { x: number; y: number }): Promise<void> {
  // Numbers alone go into the text; a page may have put something else in place of its own functions.
  const expression = `scrollTo(${Number(x)}, ${Number(y)})`;
  const scroll = () =>
    cdp.send("Runtime.evaluate", { expression }).catch(() => {
      // The page went elsewhere meanwhile.
    });
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  const onLoad = () => resolve();
  cdp.on("Page.domContentEventFired", scroll);
  cdp.on("Page.loadEventFired", onLoad);
  await scroll();
  await within(loaded, LOAD_MS, "loading a page").catch(() => {
    // Slow pages are scrolled as far as they have come.
  });
  cdp.off("Page.domContentEventFired", scroll);
  cdp.off("Page.loadEventFired", onLoad);
  await scroll();
}
