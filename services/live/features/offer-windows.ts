import type { BrowserContext, Page } from "playwright-core";
import { CAPTURE_URL } from "#services/live/capture/capture-extensions.ts";
import { offerWindow } from "#services/live/features/offered-windows.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** After a press or a key a page may open a window, as in Chromium. */
const ACTIVATION_MS = 5_000;
/** Windows of one tab that nobody shows yet. */
const WAITING_MAX = 3;
const ADDRESS_MS = 3_000;

interface Opener {
  /** When the person last pressed, and whether that asked for a tab: Ctrl, or the middle button. */
  pressedAtMs: number;
  asksTabAtMs: number;
  offer(page: Page, disposition: "tab" | "background-tab" | "window"): Promise<void>;
}

/** The tabs of each context, to find who opened a window that names no opener. */
const openers = new WeakMap<BrowserContext, Map<Page, Opener>>();

/** Windows that pages open: kept, and offered to the client as tabs of their own. */
export function offerWindows(host: TabHost): TabPart {
  const { page, context, ticket, emit, cdp } = host;
  let tabs = openers.get(context);
  if (!tabs) {
    tabs = new Map();
    openers.set(context, tabs);
    watchOrphans(context, tabs);
  }
  let waiting = 0;
  let isSized = false;

  const opener: Opener = {
    pressedAtMs: 0,
    asksTabAtMs: 0,
    async offer(opened, disposition) {
      if (await becomesDownload(opened)) return;
      const url = opened.url();
      if (Date.now() - opener.pressedAtMs > ACTIVATION_MS || waiting >= WAITING_MAX) {
        await opened.close();
        emit({ type: "popup", url, ticket: null, disposition, blocked: true });
        return;
      }
      waiting += 1;
      setTimeout(() => {
        waiting -= 1;
      }, ACTIVATION_MS).unref();
      emit({ type: "popup", url, ticket: offerWindow(opened, ticket), disposition });
    },
  };
  tabs.set(page, opener);

  cdp.on("Page.windowOpen", ({ windowFeatures }) => {
    isSized = windowFeatures.some((feature) => /^(?:width|height|left|top)=/.test(feature));
  });
  page.on("popup", (opened) => {
    const asksTab = Date.now() - opener.asksTabAtMs < 1_000;
    ignore(opener.offer(opened, isSized ? "window" : asksTab ? "background-tab" : "tab"));
    isSized = false;
  });

  return {
    handle(message) {
      const isPress =
        (message.type === "mouse" && message.kind !== "move") ||
        (message.type === "key" && message.kind === "down") ||
        (message.type === "touch" && message.kind === "end");
      if (!isPress) return;
      opener.pressedAtMs = Date.now();
      const { ctrl, meta, shift } = message.modifiers;
      if (message.type === "mouse" && (message.button === "middle" || ctrl || meta || shift))
        opener.asksTabAtMs = Date.now();
    },
    dispose: () => void tabs.delete(page),
  };
}

/** A link opened with Ctrl or the middle button has no opener: it belongs to the tab that was pressed last. */
function watchOrphans(context: BrowserContext, tabs: Map<Page, Opener>): void {
  context.on("page", async (opened) => {
    if ((await opened.opener()) !== null || tabs.has(opened)) return;
    // Pages of our own begin empty, and are known before they go anywhere.
    if (!(await goesSomewhere(opened)) || tabs.has(opened) || opened.isClosed()) return;
    // Nor is the page that captures one of the person's.
    if (opened.url() === CAPTURE_URL) return;
    const asked = [...tabs.values()].sort((a, b) => b.asksTabAtMs - a.asksTabAtMs)[0];
    if (asked && Date.now() - asked.asksTabAtMs < ACTIVATION_MS)
      ignore(asked.offer(opened, "background-tab"));
  });
}

async function goesSomewhere(page: Page): Promise<boolean> {
  const isThere = () => page.url() !== "" && page.url() !== "about:blank";
  if (isThere()) return true;
  await page.waitForURL(isThere, { waitUntil: "commit", timeout: ADDRESS_MS }).catch(() => {
    // It stays empty, as pages of our own do for a moment.
  });
  return isThere() && !page.isClosed();
}

/** A window that only began a download is closed by Chromium within a moment. */
async function becomesDownload(page: Page): Promise<boolean> {
  if (page.url() !== "") return page.isClosed();
  await page.waitForEvent("close", { timeout: 500 }).catch(() => {
    // It stays: an empty window that its opener will fill.
  });
  return page.isClosed();
}

function ignore(work: Promise<unknown>): void {
  work.catch(() => {
    // The window is gone.
  });
}
