import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { signTicket } from "#lib/node/live/ticket.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";

/** How long a window waits for the client to show it. */
const WAIT_MS = 30_000;

interface Offered {
  page: Page;
  timer: NodeJS.Timeout;
}

/** By the id of the ticket that shows it. */
const offered = new Map<string, Offered>();

/**
 * Keeps a window that a page opened, with its opener's reach, until a client shows it by
 * the ticket. Without one it is closed.
 */
export function offerWindow(page: Page, opener: LiveTicket): string {
  const id = randomUUID();
  const drop = () => {
    offered.delete(id);
    clearTimeout(timer);
  };
  const timer = setTimeout(() => {
    drop();
    page.close().catch(() => {
      // It closed itself.
    });
  }, WAIT_MS).unref();
  offered.set(id, { page, timer });
  page.once("close", drop);
  return signTicket({
    ...opener,
    id,
    url: page.url() || "about:blank",
    expiresAt: Math.floor((Date.now() + WAIT_MS) / 1000),
  });
}

/** The window a ticket stands for, once; nothing for an ordinary ticket, or when the window closed meanwhile. */
export function takeOfferedWindow(ticket: LiveTicket, context: BrowserContext): Page | undefined {
  const found = offered.get(ticket.id);
  if (!found) return undefined;
  offered.delete(ticket.id);
  clearTimeout(found.timer);
  return found.page.isClosed() || found.page.context() !== context ? undefined : found.page;
}
