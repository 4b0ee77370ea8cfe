import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { CLOSING_MS, CONTEXT_HOOKS } from "#services/live/browser/context-hooks.ts";
import { within } from "#services/live/browser/within.ts";

const MAKE_MS = 20_000;
const CLOSE_MS = 10_000;

/** A context for one account and context name, with all that hooks add to it. */
export async function makeContext(browser: Browser, ticket: LiveTicket): Promise<BrowserContext> {
  const options: BrowserContextOptions = {
    locale: ticket.device.language,
    viewport: null,
    serviceWorkers: "block",
    // Whatever zone the node stands in, or the person.
    timezoneId: ticket.zone ?? "UTC",
  };
  for (const hook of CONTEXT_HOOKS) Object.assign(options, await hook.options?.(ticket));
  const context = await within(browser.newContext(options), MAKE_MS, "a new context");
  try {
    for (const hook of CONTEXT_HOOKS) await hook.opened?.(context, ticket);
  } catch (error) {
    await within(context.close(), CLOSE_MS, "closing a context");
    throw error;
  }
  return context;
}

/** What is kept of a context, by those who keep something; each within its time. */
export async function keepContext(context: BrowserContext, ticket: LiveTicket): Promise<void> {
  for (const { closing } of CONTEXT_HOOKS) {
    if (closing) await within(Promise.resolve(closing(context, ticket)), CLOSING_MS, "keeping a context");
  }
}

/** @throws when Chromium does not answer; what the context held is then still in memory. */
export function wipeContext(context: BrowserContext): Promise<void> {
  return within(context.close(), CLOSE_MS, "closing a context");
}
