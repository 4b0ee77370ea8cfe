import { verifyTicket } from "#lib/node/live/ticket.ts";
import type { LiveEnd, LiveTicket } from "#lib/protocol/live.ts";
import type { BrowserPool } from "#services/live/browser/browser-pool.ts";
import { type LiveTab, type OpenTabOptions, openLiveTab } from "#services/live/tab/live-tab.ts";

export interface LiveNode {
  /** Whether a ticket opens a tab here, now. Each is taken once. */
  admit(ticket: string): { ok: true; ticket: LiveTicket } | { ok: false; why: LiveEnd };
  openTab(options: Omit<OpenTabOptions, "context">): Promise<LiveTab>;
  close(): Promise<void>;
}

export interface LiveNodeOptions {
  id: string;
  pool: BrowserPool;
  tabsMax: number;
}

/** What this process holds: its tabs, and who has how many of them. */
export function createLiveNode({ id, pool, tabsMax }: LiveNodeOptions): LiveNode {
  const tabs = new Map<LiveTab | symbol, string>();
  /** Tickets taken, until they would have run out. */
  const taken = new Map<string, number>();

  return {
    admit(text) {
      const ticket = verifyTicket(text, Date.now());
      if (!ticket || ticket.node !== id || taken.has(ticket.id)) return { ok: false, why: "ticket-refused" };
      for (const [used, expiresAt] of taken) if (expiresAt * 1000 < Date.now()) taken.delete(used);
      taken.set(ticket.id, ticket.expiresAt);
      if (tabs.size >= tabsMax) return { ok: false, why: "node-full" };
      const own = [...tabs.values()].filter((account) => account === ticket.account).length;
      if (own >= ticket.rights.tabsMax) return { ok: false, why: "too-many-tabs" };
      return { ok: true, ticket };
    },
    async openTab(options) {
      const place = Symbol();
      tabs.set(place, options.ticket.account);
      const lease = await pool.lease(options.ticket).catch((error) => {
        tabs.delete(place);
        throw error;
      });
      const leave = () => {
        tabs.delete(place);
        void lease.release();
      };
      try {
        return await openLiveTab({
          ...options,
          context: lease.context,
          onEnd(why) {
            leave();
            options.onEnd(why);
          },
        });
      } catch (error) {
        leave();
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
