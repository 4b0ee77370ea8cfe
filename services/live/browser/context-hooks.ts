import type { BrowserContext, BrowserContextOptions } from "playwright-core";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { profileHook } from "#services/live/profiles/profile-hook.ts";
import { pageSideHook } from "#services/live/world/page-side-hook.ts";

/** What else belongs to a context's life: what it is made with, and what is done before it is wiped. */
export interface ContextHook {
  /** Merged over what earlier hooks gave. */
  options?(ticket: LiveTicket): BrowserContextOptions | Promise<BrowserContextOptions>;
  /** Before the first tab. */
  opened?(context: BrowserContext, ticket: LiveTicket): void | Promise<void>;
  /** After the last tab; not called when the browser crashed. Has `CLOSING_MS` at most. */
  closing?(context: BrowserContext, ticket: LiveTicket): void | Promise<void>;
}

export const CLOSING_MS = 10_000;

/** In the order in which each is called. */
export const CONTEXT_HOOKS: readonly ContextHook[] = [pageSideHook, profileHook];
