import type { Page } from "playwright-core";
import { createForwardProxy, type ForwardProxy } from "#lib/node/egress/forward-proxy.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import type { LiveDevice, LiveTicket } from "#lib/protocol/live-session.ts";
import { type BrowserPool, createBrowserPool } from "#services/live/browser/browser-pool.ts";
import { launchChromium } from "#services/live/browser/launch-chromium.ts";
import { type LiveTab, openLiveTab } from "#services/live/tab/live-tab.ts";
import { createTabLink } from "#services/live/tab/tab-link.ts";
import { IDLE_TIMES } from "#services/live/tab/watch-idleness.ts";
import { testChromium } from "../../fixtures/live-test-node.ts";
import type { World } from "../egress/world.ts";

export interface GuardedTab {
  /** For looking inside the remote page; nothing is driven through it. */
  page: Page;
  events: LiveTabEvent[];
  handle: LiveTab["handle"];
  /** Ends the tab, and its context with its last one. */
  close(): Promise<void>;
}

export interface GuardedBrowser {
  proxy: ForwardProxy;
  pool: BrowserPool;
  open(ticket: Partial<LiveTicket> & { url: string }, device?: Partial<LiveDevice>): Promise<GuardedTab>;
  close(): Promise<void>;
}

/** Real tabs of a real Chromium whose internet is the test's own small one. */
export async function startGuardedBrowser(
  world: World,
  { allow, ports, switches = [] }: { allow?: string[]; ports?: number[]; switches?: string[] } = {},
): Promise<GuardedBrowser> {
  const options = world.options(allow ? { allow } : {});
  const policy = { ...options.policy, ports: new Set([...options.policy.ports, ...(ports ?? [])]) };
  const proxy = await createForwardProxy({ ...options, policy });
  const executablePath = testChromium();
  const pool = createBrowserPool({ launch: () => launchChromium(executablePath, { proxy, switches }) });

  return {
    proxy,
    pool,
    async open(given, device = {}) {
      const ticket: LiveTicket = {
        v: 1,
        id: crypto.randomUUID(),
        node: "local",
        account: "ada",
        context: "main",
        viewport: { width: 1280, height: 720, dpr: 1 },
        device: { mode: "desktop", dark: false, reducedMotion: false, language: "en", ...device },
        level: "standard",
        profile: false,
        rights: {
          tabsMax: 10,
          minutesMax: 10,
          megapixelsMax: 10,
          uploadBytesMax: 0,
          downloadBytesMax: 0,
        },
        expiresAt: 0,
        ...given,
      };
      const lease = await pool.lease(ticket);
      const events: LiveTabEvent[] = [];
      const link = createTabLink();
      link.attach(
        {
          emit: (event) => void events.push(event),
          sendFrame: () => {},
          sendSound: () => {},
          backlogBytes: () => 0,
        },
        {
          type: "opened",
          sandboxed: false,
        } as LiveTabEvent,
      );
      const before = new Set(lease.context.pages());
      const { promise: gone, resolve } = Promise.withResolvers<void>();
      const tab = await openLiveTab({
        context: lease.context,
        ticket,
        link,
        codecs: new Set(["jpeg"]),
        idle: IDLE_TIMES,
        isBrowserAlive: lease.isBrowserAlive,
        onOpen: () => {},
        onEnd: (_, closed) => void closed.then(() => lease.release()).then(resolve),
      });
      const page = lease.context.pages().find((candidate) => !before.has(candidate));
      if (!page) throw new Error("The tab has no page.");
      return {
        page,
        events,
        handle: (message: Parameters<LiveTab["handle"]>[0]) => tab.handle(message),
        async close() {
          tab.close("closed");
          await gone;
        },
      };
    },
    async close() {
      await pool.close();
      await proxy.close();
    },
  };
}

/** The view message of a tab as `open` makes it. */
export function viewMessage(
  change: Partial<Extract<LiveClientMessage, { type: "view" }>> = {},
): Extract<LiveClientMessage, { type: "view" }> {
  return {
    type: "view",
    tab: 0,
    viewport: { width: 1280, height: 720, dpr: 1 },
    device: { mode: "desktop", dark: false, reducedMotion: false, language: "en" },
    zoom: 1,
    attention: "focused",
    level: "standard",
    ...change,
  };
}
