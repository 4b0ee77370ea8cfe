import type { Browser, BrowserContext } from "playwright-core";
import type { LiveTicket } from "#lib/protocol/live.ts";
import { launchChromium } from "#services/live/browser/launch-chromium.ts";

export interface ContextLease {
  context: BrowserContext;
  /** The tab is gone; with its last tab a context ends and is wiped. */
  release(): Promise<void>;
}

export interface BrowserPool {
  /** The context of the ticket's account and context name, made when there is none. */
  lease(ticket: LiveTicket): Promise<ContextLease>;
  close(): Promise<void>;
}

interface Held {
  context: Promise<BrowserContext>;
  tabs: number;
}

/** One warm Chromium and a context for each account that has tabs open. */
export function createBrowserPool({ executablePath }: { executablePath: string }): BrowserPool {
  let browser: Promise<Browser> | undefined;
  const contexts = new Map<string, Held>();

  function getBrowser(): Promise<Browser> {
    browser ??= launchChromium(executablePath).then((launched) => {
      launched.once("disconnected", () => {
        browser = undefined;
        contexts.clear();
      });
      return launched;
    });
    browser.catch(() => {
      browser = undefined;
    });
    return browser;
  }

  return {
    async lease({ account, context: name, device }) {
      const key = `${account} ${name}`;
      let held = contexts.get(key);
      if (!held) {
        const context = getBrowser().then((launched) =>
          launched.newContext({ locale: device.language, viewport: null, serviceWorkers: "block" }),
        );
        held = { context, tabs: 0 };
        contexts.set(key, held);
      }
      held.tabs += 1;
      const { context } = held;
      let released = false;
      return {
        context: await context.catch((error) => {
          contexts.delete(key);
          throw error;
        }),
        async release() {
          if (released) return;
          released = true;
          held.tabs -= 1;
          if (held.tabs > 0) return;
          if (contexts.get(key) === held) contexts.delete(key);
          await (await context).close();
        },
      };
    },
    async close() {
      await (await browser)?.close();
    },
  };
}
