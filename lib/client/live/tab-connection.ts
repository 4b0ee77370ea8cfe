import type { StoreApi } from "zustand/vanilla";
import { describeDevice, trackerLevelFor } from "#lib/client/live/device.ts";
import { listCodecs } from "#lib/client/live/frames/frame-painter.ts";
import { keepPlace, takePlace } from "#lib/client/live/kept-places.ts";
import { type LiveChannel, openChannel } from "#lib/client/live/live-connection.ts";
import type { LiveTabInput, LiveTabState, LiveTabStatus } from "#lib/client/live/live-tab.ts";
import type { LiveViewers } from "#lib/client/live/live-viewers.ts";
import { requestSession } from "#lib/client/live/request-session.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { reconnectDelayMs } from "#lib/core/live/reconnect-delay.ts";
import { decideReturnPlace, type ReturnPlace } from "#lib/core/live/return-place.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

/** Where the node keeps a page that another page has opened. */
export interface LiveInvitation {
  ticket: string;
  socketUrl: string;
}

export interface TabConnectionOptions {
  panelId: string;
  store: StoreApi<LiveTabState>;
  viewers: LiveViewers;
  /** Without one, or once it is used, a session is asked for. */
  invitation: LiveInvitation | undefined;
  /** A connection is about to begin. */
  onJoin(): void;
  onMessage(message: LiveServerMessage): void;
  onFrame(message: ArrayBuffer): void;
}

/** How a tab reaches its node, and comes back to it or to another when it was lost. Keeps `status` in the store. */
export interface TabConnection {
  /** Asks for a node, if need be, and opens the tab on it. */
  connect(): void;
  /** Opens the tab anew where the panel is, whatever became of the one before. */
  reopen(): void;
  /** Dropped while there is no connection. */
  send(message: LiveTabInput): void;
  /** Takes in what a message says of the tab itself, once the store has it. */
  take(message: LiveServerMessage): void;
  /** Somebody will not wait for the next attempt. */
  tryNow(): void;
  tryIfLost(): void;
  wakeIfSeen(): void;
  /**
   * The window goes away. What it shows may be asked for again in a moment, so the tab is left waiting; it ends
   * where there is no way back to it.
   */
  leaveWindow(mayReturn: boolean): void;
  /** The window is back as it was. */
  returnToWindow(): void;
  /** The node that the tab is or was on; empty before the first. */
  socketUrl(): string;
  close(): void;
}

/**
 * An attempt to connect is given so long before another one may take its place: a key that it has sent already is
 * spent. Where the way is long it takes as many round trips: three until the socket stands, one for the answer.
 */
const PATIENCE_MS = 3_000;
const PATIENCE_ROUND_TRIPS = 4;
/** Longer than nodes keep the tab of a client that was lost. */
const KEPT_MAX_MS = 120_000;
/** A ticket can grow old on a slow way; more refusals than this are meant. */
const TICKETS_MAX = 3;
/** A tab whose picture was lost is opened anew by itself, but no more often than this while each is lost so soon. */
const LOSSES_MAX = 2;
const LOST_SOON_MS = 60_000;

export function createTabConnection(options: TabConnectionOptions): TabConnection {
  const { panelId, store, viewers, onJoin, onMessage, onFrame } = options;
  let { invitation } = options;
  const kept = invitation ? null : takePlace(panelId, Date.now());
  let channel: LiveChannel | null = null;
  let socketUrl = kept?.socketUrl ?? "";
  let resume = kept?.resume ?? "";
  /** The last key of a tab that ended by itself: by it the node knows what had been typed into the page. */
  let spent = "";
  let asked: ReturnPlace | null = null;
  let moved = false;
  let attempt = 0;
  let refusals = 0;
  let losses = 0;
  let joinedAtMs = 0;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  const getStatus = () => store.getState().status;
  const setStatus = (status: LiveTabStatus) => store.setState({ status });
  const urlOf = () => getPagePanel(panelId)?.state.url ?? store.getState().page.url;

  async function connect(): Promise<void> {
    clearTimeout(retry);
    asking.abort();
    asking = new AbortController();
    channel?.leave();
    channel = null;
    if (getStatus().kind !== "lost") setStatus({ kind: "connecting" });
    if (resume && socketUrl) await join(socketUrl, { ticket: "", resume });
    else if (invitation) {
      const { ticket, socketUrl: url } = invitation;
      invitation = undefined;
      await join(url, { ticket });
    } else await askForNode();
  }

  async function askForNode(): Promise<void> {
    const { signal } = asking;
    const url = urlOf();
    const { liveProfile: profile, liveZone: zone } = settingsStore.getState();
    const outcome = await requestSession(
      {
        url,
        viewport: viewers.viewport(),
        device: describeDevice(panelId),
        level: trackerLevelFor(url),
        private: getPagePanel(panelId)?.private ?? false,
        profile,
        zone,
      },
      signal,
    );
    if (signal.aborted || outcome.status === "aborted") return;
    if (outcome.status === "failed") {
      if (outcome.unreachable || (outcome.error.code === "unavailable" && attempt > 0)) lose();
      else setStatus({ kind: "failed", error: outcome.error });
    } else if (outcome.session.status === "waiting") {
      setStatus({ kind: "waiting", place: outcome.session.place });
      retry = setTimeout(() => void connect(), outcome.session.retryAfterMs);
    } else {
      const { ticket, socketUrl: found } = outcome.session;
      await join(found, { ticket, ...(spent ? { resume: spent } : {}) });
    }
  }

  async function join(url: string, key: { ticket: string; resume?: string }): Promise<void> {
    const { signal } = asking;
    const codecs = await listCodecs();
    if (signal.aborted || closed) return;
    socketUrl = url;
    onJoin();
    const { page } = store.getState();
    asked = decideReturnPlace({ url: urlOf(), entryY: entryScroll(panelId), page, moved, asked });
    const opened = openChannel({
      socketUrl: url,
      open: { ...key, codecs, scroll: { x: asked.x, y: asked.y } },
      listener: {
        onMessage: (message) => channel === opened && onMessage(message),
        onFrame: (message) => channel === opened && onFrame(message),
        onRoundTrip: (roundTripMs) => store.setState({ roundTripMs }),
        onLost: () => channel === opened && lose(),
      },
    });
    channel = opened;
    joinedAtMs = performance.now();
  }

  /** The connection broke: the picture stays, and it is tried again, sooner or later. */
  function lose(): void {
    if (closed) return;
    channel?.leave();
    channel = null;
    const waitMs = reconnectDelayMs(attempt, Math.random());
    attempt += 1;
    const before = getStatus();
    const now = Date.now();
    const since = before.kind === "lost" ? before.since : now;
    // Its node keeps it no longer, and may be gone itself: the app knows one that is there.
    if (now - since > KEPT_MAX_MS) resume = "";
    setStatus({ kind: "lost", since, retryAt: now + waitMs });
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), waitMs);
  }

  /** Nobody sees what would have to be opened anew: it is, as soon as somebody looks. */
  function sleep(): void {
    attempt = 0;
    setStatus({ kind: "ended", why: "idle" });
  }

  function end({ why }: Extract<LiveServerMessage, { type: "ended" }>): void {
    channel?.leave();
    channel = null;
    // A key works once, and for a while: from here on it takes a ticket.
    if (resume) spent = resume;
    resume = "";
    if (why === "picture-lost") losses = performance.now() - joinedAtMs < LOST_SOON_MS ? losses + 1 : 1;
    if (why === "gone" && viewers.attention() === "hidden") sleep();
    else if (why === "gone") void connect();
    else if (why === "node-stopping") lose();
    else if (why === "ticket-refused" && refusals < TICKETS_MAX) {
      refusals += 1;
      lose();
    } else {
      setStatus({ kind: "ended", why });
      wakeIfSeen();
    }
  }

  /**
   * One that was put to sleep, also by a message that crossed the first look at it, or that the node cannot show
   * any more. Once, until it has opened.
   */
  function wakeIfSeen(): void {
    const status = getStatus();
    if (viewers.attention() === "hidden" || status.kind !== "ended" || attempt > 0) return;
    if (status.why !== "idle" && (status.why !== "picture-lost" || losses > LOSSES_MAX)) return;
    attempt = 1;
    store.setState({ loadFailure: null });
    void connect();
  }

  function tryNow(): void {
    const patienceMs = PATIENCE_MS + PATIENCE_ROUND_TRIPS * (store.getState().roundTripMs ?? 0);
    if (!channel || performance.now() - joinedAtMs > patienceMs) void connect();
  }

  const tryIfLost = () => {
    if (getStatus().kind === "lost") tryNow();
  };

  return {
    connect: () => void connect(),
    reopen() {
      attempt = 0;
      resume = "";
      void connect();
    },
    send: (message) => channel?.send(message),
    take(message) {
      switch (message.type) {
        case "opened":
          attempt = 0;
          refusals = 0;
          resume = message.resume ?? "";
          spent = "";
          if (!message.resumed) moved = false;
          setStatus({ kind: "open" });
          break;
        case "waiting":
          setStatus({ kind: "waiting", place: message.place });
          break;
        case "ended":
          end(message);
          break;
        case "state": {
          const { x, y } = message.state.scroll ?? { x: 0, y: 0 };
          if (x !== 0 || y !== 0) moved = true;
        }
      }
    },
    tryNow,
    tryIfLost,
    wakeIfSeen,
    leaveWindow(mayReturn) {
      const isKept = keepPlace(panelId, { socketUrl, resume }, Date.now());
      if (!isKept && !mayReturn) channel?.send({ type: "close" });
      if (channel) lose();
    },
    returnToWindow() {
      takePlace(panelId, Date.now());
      tryIfLost();
    },
    socketUrl: () => socketUrl,
    close() {
      closed = true;
      clearTimeout(retry);
      asking.abort();
      channel?.send({ type: "close" });
      channel?.leave();
      channel = null;
    },
  };
}

function entryScroll(panelId: string): number {
  const state = getPagePanel(panelId)?.state;
  return state?.entries[state.index]?.scroll.y ?? 0;
}
