import type { MinuteMeter } from "#lib/node/live/minute-meter.ts";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveEnd } from "#lib/protocol/live-server-message.ts";
import { type LiveTicket, PRIVATE_CONTEXT } from "#lib/protocol/live-session.ts";
import type { BrowserPool, ContextLease } from "#services/live/browser/browser-pool.ts";
import { takeOfferedWindow } from "#services/live/features/offered-windows.ts";
import { liveCrashes, liveEnds, liveOpened } from "#services/live/node/live-metrics.ts";
import { type LiveTab, type OpenTabOptions, openLiveTab } from "#services/live/tab/live-tab.ts";
import { createTabLink, type TabClient } from "#services/live/tab/tab-link.ts";
import type { IdleTimes } from "#services/live/tab/watch-idleness.ts";
import type { FormState } from "#services/live/world/page-report.ts";

/** What a timer of Node can count. */
const TIMER_MS_MAX = 2 ** 31 - 1;
/** Messages kept for a tab that is not open yet: what a person does in a few seconds. */
const EARLY_MAX = 512;

export interface SeatTimes extends IdleTimes {
  /** How long a tab waits for a client that was disconnected. */
  graceMs: number;
}

export interface SeatOptions {
  ticket: LiveTicket;
  codecs: readonly string[];
  scroll: { x: number; y: number } | undefined;
  /** What had been typed into it when it was lost. */
  form: FormState | null;
  client: TabClient;
  pool: BrowserPool;
  times: SeatTimes;
  meter: MinuteMeter;
  /** A new secret each time, which takes this seat up again. */
  newResumeKey(): string;
  /** What was typed is lost with its page, and may be asked for when the tab is opened again. */
  keepForm(form: FormState): void;
  /** Nobody shows it now; it may have to give its place to another. */
  onLeave(): void;
  /** Called once, when nothing of the tab is left. */
  onEnd(): void;
}

/** Ends that nobody asked for, of tabs that are opened again when they are looked at. */
const RETURNING: ReadonlySet<LiveEnd> = new Set(["idle", "crashed", "browser-crashed", "picture-lost"]);

export type SeatState = "waiting" | "opening" | "shown" | "left" | "ended";

/** One tab of one account, from its ticket to its end, over as many connections as it takes. */
export interface Seat {
  readonly account: string;
  readonly state: SeatState;
  /** When its client was lost; null while it has one. */
  readonly leftAtMs: number | null;
  /** Since when nobody can see its page, with or without a client, by `performance.now`; null while it may be seen. */
  readonly unseenSinceMs: number | null;
  tellPlace(place: number): void;
  /** Its turn: opens the tab. */
  start(): void;
  handle(message: LiveTabMessage): void;
  /** Whether this is still the client that shows it. */
  isShownBy(client: TabClient): boolean;
  /** The client is gone; the tab is kept for a while. */
  leave(): void;
  /** Shows it to a client that took it up again. The one before is told that its own is closed. */
  take(client: TabClient, codecs: readonly string[]): void;
  /** Ends it; resolves once its page and, if it was the last, its context are gone. */
  end(why: LiveEnd): Promise<void>;
}

export function createSeat(options: SeatOptions): Seat {
  const { ticket, pool, times, meter, newResumeKey } = options;
  const link = createTabLink();
  const codecs = new Set(options.codecs);
  const form = { state: options.form };
  const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
  let client: TabClient | null = options.client;
  let state: SeatState = "waiting";
  let leftAtMs: number | null = null;
  let tab: LiveTab | null = null;
  let lease: ContextLease | null = null;
  let early: LiveTabMessage[] = [];
  let grace: NodeJS.Timeout | undefined;
  let metered = false;

  const greeting = (resumed: boolean) =>
    ({ type: "opened", sandboxed: process.getuid?.() !== 0, resume: newResumeKey(), resumed }) as const;

  function show(): void {
    if (!client) return;
    state = "shown";
    link.attach(client, greeting(leftAtMs !== null));
    leftAtMs = null;
  }

  async function open(): Promise<void> {
    metered = await meter.enter(ticket.account, ticket.rights.minutesMax);
    if (!metered || isEnded()) {
      if (metered) meter.leave(ticket.account);
      metered = false;
      void finish("time-spent");
      return;
    }
    const taken = await pool.lease(ticket);
    lease = taken;
    if (isEnded()) {
      await taken.release();
      return;
    }
    const page = takeOfferedWindow(ticket, taken.context);
    const tabOptions: OpenTabOptions = {
      context: taken.context,
      isBrowserAlive: taken.isBrowserAlive,
      ticket,
      link,
      codecs,
      idle: times,
      page,
      scroll: options.scroll,
      form,
      onOpen() {
        liveOpened.inc({ how: "anew" });
        show();
      },
      onEnd: (why, gone) => void finish(why, gone),
    };
    const opened = await openLiveTab(tabOptions).catch(async (error: unknown) => {
      // A page may be given a process that is ending: where others crash at this moment, it is tried once more.
      if (page || isEnded() || !(await taken.isBrowserAlive())) throw error;
      return openLiveTab(tabOptions);
    });
    tab = opened;
    // Its client left while it opened; a context that others share would keep the page.
    if (isEnded()) opened.close("closed");
    for (const message of early) opened.handle(message);
    early = [];
  }
  const isEnded = () => state === "ended";

  /** Says so, once, and lets go of everything when the page is gone. */
  async function finish(why: LiveEnd, gone?: Promise<void>): Promise<void> {
    if (isEnded()) return;
    state = "ended";
    clearTimeout(grace);
    liveEnds.inc({ why });
    if (why === "crashed") liveCrashes.inc({ what: "tab" });
    if (form.state && RETURNING.has(why) && !ticket.context.startsWith(PRIVATE_CONTEXT))
      options.keepForm(form.state);
    client?.emit({ type: "ended", why });
    client = null;
    link.detach();
    await gone;
    await lease?.release();
    if (metered) meter.leave(ticket.account);
    options.onEnd();
    over();
  }

  async function end(why: LiveEnd): Promise<void> {
    if (tab) tab.close(why);
    else void finish(why);
    await isOver;
  }

  const endAfter = (ms: number, why: LiveEnd) =>
    setTimeout(() => void end(why), Math.min(ms, TIMER_MS_MAX)).unref();

  return {
    account: ticket.account,
    get state() {
      return state;
    },
    get leftAtMs() {
      return leftAtMs;
    },
    get unseenSinceMs() {
      return tab?.unseenSinceMs ?? null;
    },
    tellPlace: (place) => client?.emit({ type: "waiting", place }),
    start() {
      state = "opening";
      open().catch((error: unknown) => {
        if (!isEnded()) getLog().warn({ err: error }, "a live tab could not be opened");
        void finish("browser-crashed");
      });
    },
    handle(message) {
      if (message.type === "close") void end("closed");
      else if (tab) tab.handle(message);
      else if (early.length < EARLY_MAX) early.push(message);
    },
    isShownBy: (other) => client === other,
    leave() {
      if (isEnded() || !client) return;
      client = null;
      link.detach();
      if (!tab) {
        // Nobody has a key to it yet.
        void finish("closed");
        return;
      }
      state = "left";
      leftAtMs = Date.now();
      tab.rest();
      grace = endAfter(times.graceMs, "closed");
      options.onLeave();
    },
    take(next, nextCodecs) {
      clearTimeout(grace);
      client?.emit({ type: "ended", why: "closed" });
      client = next;
      leftAtMs ??= Date.now();
      codecs.clear();
      for (const codec of nextCodecs) codecs.add(codec);
      liveOpened.inc({ how: "resumed" });
      show();
      tab?.wake();
    },
    end,
  };
}
