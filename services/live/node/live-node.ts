import type { Kv } from "#lib/node/kv/kv.ts";
import { createMinuteMeter } from "#lib/node/live/minute-meter.ts";
import { verifyTicket } from "#lib/node/live/ticket.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveEnd } from "#lib/protocol/live-server-message.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import type { BrowserPool, PoolStatus } from "#services/live/browser/browser-pool.ts";
import { chooseUnseen, decideAdmission, hasPlace } from "#services/live/node/decide-admission.ts";
import { createKeptForms } from "#services/live/node/kept-forms.ts";
import { liveBrowsers, liveContexts, liveRefusals, liveTabs } from "#services/live/node/live-metrics.ts";
import { createResumeKeys, digestKey } from "#services/live/node/resume-keys.ts";
import { createSeat, type Seat, type SeatTimes } from "#services/live/node/seat.ts";
import { createWaitingLine } from "#services/live/node/waiting-line.ts";
import type { TabClient } from "#services/live/tab/tab-link.ts";
import { IDLE_TIMES } from "#services/live/tab/watch-idleness.ts";

export interface NodeStatus extends PoolStatus {
  /** Places taken: shown tabs and those whose client may come back. */
  tabs: number;
  /** Of these, those whose client may come back. */
  away: number;
  tabsMax: number;
  waiting: number;
  stopping: boolean;
  /** Whether it takes new tabs. Until its first browser is warm it does; they wait for it. */
  isUp: boolean;
}

export type OpenMessage = Extract<LiveClientMessage, { type: "open" }>;

export interface LiveNode {
  /**
   * Opens what a ticket or a resume key stands for, now or when it is its turn. Each works once.
   * `account` is whose connection it is; null for one that has not shown a ticket yet.
   */
  open(
    message: OpenMessage,
    client: TabClient,
    account: string | null,
  ): { ok: true; seat: Seat } | { ok: false; why: LiveEnd };
  status(): NodeStatus;
  /** Every tab, those that wait included. */
  seats(): readonly Seat[];
  /** Tells every client, and ends every tab and browser, all within bounds. */
  close(): Promise<void>;
}

export interface LiveNodeOptions {
  id: string;
  pool: BrowserPool;
  /** Where the minutes that accounts used are counted. */
  kv: Kv;
  tabsMax: number;
  /** How many may wait for a place. */
  waitingMax?: number;
  /** Memory that has to be left on the machine, or in its group, for another tab to open. */
  freeBytesMin?: number;
  times?: Partial<SeatTimes>;
}

const GRACE_MS = 60_000;
/** Places may come free unseen, when others on the machine let go of memory. */
const LOOK_MS = 2_000;

/** What this process holds: its tabs, who has how many of them, and who waits. */
export function createLiveNode(options: LiveNodeOptions): LiveNode {
  const { id, pool, tabsMax } = options;
  const times: SeatTimes = { graceMs: GRACE_MS, ...IDLE_TIMES, ...options.times };
  const seated = new Set<Seat>();
  const line = createWaitingLine<Seat>(options.waitingMax ?? 2 * tabsMax, (seat, place) =>
    seat.tellPlace(place),
  );
  const resumable = createResumeKeys<Seat>();
  const forms = createKeptForms();
  /** Tickets taken, until they would have run out. */
  const taken = new Map<string, number>();
  const meter = createMinuteMeter({
    kv: options.kv,
    onSpent(account) {
      for (const seat of seated) if (seat.account === account) void seat.end("time-spent");
    },
  });
  let stopping = false;

  const places = () => ({
    tabs: seated.size,
    tabsMax,
    freeBytes: process.availableMemory(),
    freeBytesMin: options.freeBytesMin ?? 0,
  });

  function sit(seat: Seat): void {
    seated.add(seat);
    seat.start();
  }

  /** Those who are away give way to those who wait, the longest away first. */
  function makeRoom(): void {
    const leaving = [...seated].filter(({ state }) => state === "ended").length;
    if (line.length <= leaving || hasPlace(places())) return;
    const [first] = [...seated]
      .filter(({ state }) => state === "left")
      .sort((a, b) => (a.leftAtMs ?? 0) - (b.leftAtMs ?? 0));
    void first?.end("closed");
  }

  function admitWaiting(): void {
    while (!stopping && line.length > 0 && hasPlace(places())) {
      const seat = line.next();
      if (seat) sit(seat);
    }
    makeRoom();
  }
  const look = setInterval(admitWaiting, LOOK_MS);
  look.unref();

  function takeTicket(text: string): LiveTicket | null {
    const ticket = verifyTicket(text, Date.now());
    if (!ticket || ticket.node !== id || taken.has(ticket.id)) return null;
    for (const [used, expiresAt] of taken) if (expiresAt * 1000 < Date.now()) taken.delete(used);
    taken.set(ticket.id, ticket.expiresAt);
    return ticket;
  }

  function refuse(why: LiveEnd): { ok: false; why: LiveEnd } {
    liveRefusals.inc({ why });
    return { ok: false, why };
  }

  const tabsOf = (account: string) =>
    [...seated, ...line].filter((seat) => seat.account === account && seat.state !== "ended");

  /** The account's own unseen tab goes to sleep for its new one: nobody should have to tidy up before opening a page. */
  function makeRoomOf(account: string, ownTabsMax: number): void {
    const own = tabsOf(account);
    if (!stopping && own.length >= ownTabsMax) void chooseUnseen(own)?.end("idle");
  }

  function takeUp(key: string, message: OpenMessage, client: TabClient, account: string | null) {
    const seat = resumable.redeem(key);
    if (!seat || seat.state === "ended" || (account !== null && seat.account !== account)) return null;
    seat.take(client, message.codecs);
    return seat;
  }

  return {
    open(message, client, account) {
      if (message.resume) {
        const seat = takeUp(message.resume, message, client, account);
        if (seat) return { ok: true, seat };
        if (!message.ticket) return refuse("gone");
      }
      const ticket = takeTicket(message.ticket);
      if (!ticket) return refuse("ticket-refused");
      makeRoomOf(ticket.account, ticket.rights.tabsMax);
      const decision = decideAdmission({
        ...places(),
        waiting: line.length,
        ownTabs: tabsOf(ticket.account).length,
        ownTabsMax: ticket.rights.tabsMax,
        stopping,
      });
      if (decision.kind === "refuse") return refuse(decision.why);
      const seat: Seat = createSeat({
        ticket,
        client,
        codecs: message.codecs,
        scroll: message.scroll,
        form: message.resume ? forms.take(digestKey(message.resume), ticket.account) : null,
        pool,
        times,
        meter,
        newResumeKey: () => resumable.issue(seat),
        keepForm(form) {
          const digest = resumable.digestOf(seat);
          if (digest) forms.keep(digest, { account: seat.account, form });
        },
        onLeave: makeRoom,
        onEnd() {
          resumable.revoke(seat);
          seated.delete(seat);
          line.leave(seat);
          admitWaiting();
        },
      });
      if (decision.kind === "open") sit(seat);
      else if (!line.join(seat)) return refuse("node-full");
      else makeRoom();
      return { ok: true, seat };
    },
    status() {
      const browsers = pool.status();
      const isUp = !stopping && browsers.launchFailure === null;
      const tabs = seated.size;
      const away = [...seated].filter(({ state }) => state === "left").length;
      const status = { ...browsers, tabs, away, tabsMax, waiting: line.length, stopping, isUp };
      liveTabs.set({ state: "shown" }, seated.size - away);
      liveTabs.set({ state: "away" }, away);
      liveTabs.set({ state: "waiting" }, line.length);
      liveContexts.set(status.contexts);
      liveBrowsers.set(status.browsers);
      return status;
    },
    seats: () => [...seated, ...line],
    async close() {
      stopping = true;
      clearInterval(look);
      await Promise.allSettled([...seated, ...line].map((seat) => seat.end("node-stopping")));
      await Promise.all([pool.close(), meter.close()]);
    },
  };
}
