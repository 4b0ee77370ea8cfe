import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveEnd, LiveTabEvent, LiveTabMessage, LiveTicket } from "#lib/protocol/live.ts";
import type { LiveFrameHeader } from "#lib/protocol/live-frame.ts";
import type { LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { TAB_PARTS } from "#services/live/tab/tab-parts.ts";

/** Where a tab's messages and pictures go. */
export interface TabClient {
  emit(event: LiveTabEvent): void;
  sendFrame(header: Omit<LiveFrameHeader, "tab">, payload: Uint8Array): void;
  backlogBytes(): number;
}

export interface OpenTabOptions {
  context: BrowserContext;
  ticket: LiveTicket;
  client: TabClient;
  codecs: readonly string[];
  /** Where the page had been read to, when it is opened again after a loss. */
  scroll?: { x: number; y: number } | undefined;
  /** Called once, however the tab ends. */
  onEnd(why: LiveEnd): void;
}

export interface LiveTab {
  readonly page: Page;
  handle(message: LiveTabMessage): void;
  close(why?: LiveEnd): Promise<void>;
}

/** Opens a page in Chromium, puts its parts around it, and goes to the ticket's address. */
export async function openLiveTab(options: OpenTabOptions): Promise<LiveTab> {
  const { context, ticket, client, codecs, scroll, onEnd } = options;
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const parts: TabPart[] = [];
  const { viewport, device, level } = ticket;
  let view: LiveView = { viewport, device, level, zoom: 1, attention: "focused" };
  let ended = false;

  async function end(why: LiveEnd): Promise<void> {
    if (ended) return;
    ended = true;
    client.emit({ type: "ended", why });
    onEnd(why);
    await Promise.allSettled(parts.map((part) => part.dispose?.()));
    await page.close().catch(() => {
      // Gone already: that is how a crash ends.
    });
  }

  const host: TabHost = {
    page,
    cdp,
    context,
    ticket,
    codecs: new Set(codecs),
    getView: () => view,
    emit: (event) => void (ended || client.emit(event)),
    sendFrame: (header, payload) => void (ended || client.sendFrame(header, payload)),
    backlogBytes: client.backlogBytes,
    fail(error) {
      getLog().warn({ err: error }, "a part of a live tab failed");
      void end("crashed");
    },
  };
  page.on("crash", () => void end("crashed"));
  page.on("close", () => void end("closed"));
  try {
    for (const create of TAB_PARTS) parts.push(await create(host));
  } catch (error) {
    ended = true;
    await page.close();
    throw error;
  }
  client.emit({ type: "opened", sandboxed: !isRoot() });
  void visit(page, cdp, ticket.url, { scroll, emit: host.emit });

  return {
    page,
    handle(message) {
      if (ended) return;
      if (message.type === "close") {
        void end("closed");
        return;
      }
      if (message.type === "view") {
        const before = view;
        const { viewport, device, zoom, attention, level } = message;
        view = { viewport, device, zoom, attention, level };
        for (const part of parts) part.viewChanged?.(view, before);
      }
      for (const part of parts) part.handle?.(message);
    },
    close: (why = "closed") => end(why),
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function visit(
  page: Page,
  cdp: CDPSession,
  url: string,
  { scroll, emit }: { scroll: OpenTabOptions["scroll"]; emit: TabHost["emit"] },
): Promise<void> {
  const { errorText } = await cdp.send("Page.navigate", { url }).catch(() => ({ errorText: undefined }));
  if (errorText) {
    emit({ type: "load-failed", url, error: errorText });
    return;
  }
  if (!scroll) return;
  await page.waitForLoadState("load", { timeout: 30_000 }).catch(() => {
    // Slow pages are scrolled as far as they have come.
  });
  await page
    .evaluate(({ x, y }) => window.scrollTo(x, y), scroll)
    .catch(() => {
      // The page went elsewhere meanwhile.
    });
}
