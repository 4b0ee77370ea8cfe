import type { Browser } from "playwright-core";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import { getBrowserGuard } from "#services/live/privacy/browser-guard.ts";

/**
 * News that a page could not be loaded, with the guard's own reason: when it was the
 * guard that refused the connection, or could not make it, `qui:` and its code, such as
 * `qui:blocked_address`, stand where Chromium knows no more than that there is none.
 */
export function explainFailure(browser: Browser | null, event: LiveTabEvent): LiveTabEvent {
  if (event.type !== "load-failed") return event;
  const url = URL.parse(event.url);
  if (!url) return event;
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const code = getBrowserGuard(browser).proxy.whyRefused({ hostname: url.hostname, port });
  return code ? { ...event, error: `qui:${code}` } : event;
}
