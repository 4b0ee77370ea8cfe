import { createStore } from "zustand/vanilla";
import { describeDevice, trackerLevelFor, watchDevice } from "#lib/client/live/device.ts";
import { followNavigation } from "#lib/client/live/follow-navigation.ts";
import { createFramePainter, type FramePainter, listCodecs } from "#lib/client/live/frames/frame-painter.ts";
import { keepPlace, takePlace } from "#lib/client/live/kept-places.ts";
import { type LiveChannel, openChannel } from "#lib/client/live/live-connection.ts";
import { applyMessage, createLiveState } from "#lib/client/live/live-state.ts";
import {
  type LiveTab,
  type LiveTabInput,
  type LiveTabState,
  type LiveTabStatus,
  setLiveTab,
} from "#lib/client/live/live-tab.ts";
import { createViewers, zoomOf } from "#lib/client/live/live-viewers.ts";
import { requestSession } from "#lib/client/live/request-session.ts";
import { createTabSound } from "#lib/client/live/sound/tab-sound.ts";
import { tellProfile } from "#lib/client/live/tell-profile.ts";
import { watchWindow } from "#lib/client/live/watch-window.ts";
import { browserStore, getPagePanel } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { reconnectDelayMs } from "#lib/core/live/reconnect-delay.ts";
import type { LiveServerMessage, LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";
import { isLiveSound } from "#lib/protocol/live-sound.ts";

export interface OpenLiveTabOptions {
  panelId: string;
  viewport: LiveViewport;
  /** Where the node keeps a page that another page has opened; without it one is asked for. */
  invitation?: { ticket: string; socketUrl: string } | undefined;
  typed: boolean;
}

/** What the list of tabs adds to a tab for those who move panels. */
export interface OwnedLiveTab extends LiveTab {
  /** The panel has gone to an address, which is its current entry. */
  follow(url: string, typed: boolean): void;
  /** The panel has gone to another of its entries. */
  traverse(panelIndex: number): void;
  /** The panel shows the tab again after something else; where its page went meanwhile counts from now on. */
  takeUp(): void;
  stop(): void;
  socketUrl(): string;
}

/** An attempt to connect is given so long before another one may take its place: a key that it has sent already is spent. */
const PATIENCE_MS = 3_000;
/** Longer than nodes keep the tab of a client that was lost. */
const KEPT_MAX_MS = 120_000;
/** A ticket can grow old on a slow way; more refusals than this are meant. */
const TICKETS_MAX = 3;
/** A tab whose picture was lost is opened anew by itself, but no more often than this while each is lost so soon. */
const LOSSES_MAX = 2;
const LOST_SOON_MS = 60_000;

/** Opens a live tab for a panel and keeps it connected until it is closed. Enters it in the list of tabs. */
export function openLiveTab({ panelId, viewport, invitation, typed }: OpenLiveTabOptions): OwnedLiveTab {
  const canvas = document.createElement("canvas");
  const store = createStore<LiveTabState>(() => createLiveState(viewport, zoomOf(panelId)));
  const messageListeners = new Set<(message: LiveTabEvent) => void>();
  const drawnListeners = new Set<(drawn: { frame: number; drawMs: number }) => void>();
  const viewers = createViewers(panelId, store.getState);
  const navigation = followNavigation(panelId);
  let painter: FramePainter | null = null;
  let channel: LiveChannel | null = null;
  const kept = invitation ? null : takePlace(panelId, Date.now());
  let socketUrl = kept?.socketUrl ?? "";
  let resume = kept?.resume ?? "";
  /** The last key of a tab that ended by itself: by it the node knows what had been typed into the page. */
  let spent = "";
  let hasDrawn = false;
  let attempt = 0;
  let refusals = 0;
  let losses = 0;
  let joinedAtMs = 0;
  let sentView = "";
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  const getStatus = () => store.getState().status;
  const setStatus = (status: LiveTabStatus) => store.setState({ status });
  const urlOf = () => getPagePanel(panelId)?.state.url ?? store.getState().page.url;

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

  /** Tells the node how the tab is shown, when that is news. */
  function syncView(): void {
    const view = viewers.describe();
    if (!view || closed) return;
    wakeIfSeen();
    const { zoom, viewport: wanted } = view;
    const known = store.getState();
    if (known.zoom !== zoom || known.viewport !== wanted) store.setState({ zoom, viewport: wanted });
    const text = JSON.stringify(view);
    if (text === sentView || getStatus().kind !== "open") return;
    sentView = text;
    channel?.send(view);
  }

  async function connect(): Promise<void> {
    clearTimeout(retry);
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    channel?.leave();
    channel = null;
    if (getStatus().kind !== "lost") setStatus({ kind: "connecting" });
    if (resume && socketUrl) {
      await join(socketUrl, { ticket: "", resume });
      return;
    }
    if (invitation) {
      const { ticket, socketUrl: url } = invitation;
      invitation = undefined;
      await join(url, { ticket });
      return;
    }
    const url = urlOf();
    const outcome = await requestSession(
      {
        url,
        viewport: viewers.viewport(),
        device: describeDevice(panelId),
        level: trackerLevelFor(url),
        private: getPagePanel(panelId)?.private ?? false,
        profile: settingsStore.getState().liveProfile,
        zone: settingsStore.getState().liveZone,
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
    } else
      await join(outcome.session.socketUrl, {
        ticket: outcome.session.ticket,
        ...(spent ? { resume: spent } : {}),
      });
  }

  async function join(url: string, key: { ticket: string; resume?: string }): Promise<void> {
    const { signal } = asking;
    const codecs = await listCodecs();
    if (signal.aborted || closed) return;
    socketUrl = url;
    painter?.dispose();
    const drawing = createFramePainter(canvas);
    painter = drawing;
    drawing.onDrawn((drawn) => {
      if (painter !== drawing) return;
      hasDrawn = true;
      showPicture();
      channel?.send({
        type: "drawn",
        frame: drawn.frame,
        drawMs: Math.min(60_000, Math.max(0, drawn.drawMs)),
      });
      for (const listener of drawnListeners) listener(drawn);
    });
    drawing.onLost(() => channel?.send({ type: "refresh" }));
    const { scroll } = store.getState().page;
    const entryY = currentScroll(panelId);
    const opened = openChannel({
      socketUrl: url,
      open: { ...key, codecs, scroll: scroll.x || scroll.y ? scroll : { x: 0, y: entryY } },
      listener: {
        onMessage: (message) => channel === opened && receive(message),
        onFrame: (message) => {
          if (channel !== opened) return;
          if (isLiveSound(message)) sound.push(message);
          else drawing.push(message);
        },
        onRoundTrip: (roundTripMs) => store.setState({ roundTripMs }),
        onLost: () => channel === opened && lose(),
      },
    });
    channel = opened;
    joinedAtMs = performance.now();
  }

  /** What was drawn is the page's. Until its address has answered it is the empty one that the tab began with. */
  function showPicture(): void {
    const { picture, page } = store.getState();
    if (page.url === "" && page.loading) return;
    if (picture?.width !== canvas.width || picture.height !== canvas.height)
      store.setState({ picture: { width: canvas.width, height: canvas.height } });
  }

  /** Someone will not wait for the next attempt. */
  function tryNow(): void {
    if (!channel || performance.now() - joinedAtMs > PATIENCE_MS) void connect();
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

  /**
   * The window goes away. What it shows may be asked for again in a moment, so the tab is left waiting; it ends
   * where there is no way back to it.
   */
  function leaveWindow(mayReturn: boolean): void {
    const isKept = keepPlace(panelId, { socketUrl, resume }, Date.now());
    if (!isKept && !mayReturn) channel?.send({ type: "close" });
    if (channel) lose();
  }

  function end(message: Extract<LiveServerMessage, { type: "ended" }>): void {
    channel?.leave();
    channel = null;
    const { why } = message;
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

  function receive(message: LiveServerMessage): void {
    if (message.type === "pong") return;
    store.setState(applyMessage(store.getState(), message));
    switch (message.type) {
      case "opened":
        attempt = 0;
        refusals = 0;
        resume = message.resume ?? "";
        spent = "";
        sentView = "";
        if (!message.resumed) {
          hasDrawn = false;
          navigation.restart();
        }
        setStatus({ kind: "open" });
        syncView();
        sound.opened();
        break;
      case "waiting":
        setStatus({ kind: "waiting", place: message.place });
        break;
      case "ended":
        end(message);
        break;
      case "state":
        // A page that looks like the empty one gives no frame of its own.
        if (hasDrawn && !store.getState().page.loading) showPicture();
        navigation.update(store.getState().page);
        break;
      case "load-failed":
        navigation.update(store.getState().page);
        break;
      case "profile":
        tellProfile(message.state);
        break;
    }
    const { tab: _, ...event } = message;
    for (const listener of messageListeners) listener(event as LiveTabEvent);
  }

  const send = (message: LiveTabInput) => {
    if (getStatus().kind === "open") channel?.send(message);
  };
  /** With a tab on the node, tells it; without one, opens it where the panel is. */
  const tellOrReopen = (message: LiveTabInput) => {
    store.setState({ loadFailure: null });
    if (getStatus().kind === "open") send(message);
    else if (getStatus().kind !== "waiting") {
      attempt = 0;
      resume = "";
      void connect();
    }
  };
  const tryIfLost = () => {
    if (getStatus().kind === "lost") tryNow();
  };

  const sound = createTabSound(panelId, send);
  const stopDevice = watchDevice(syncView);
  const stopPanel = browserStore.subscribe((now, before) => now.session !== before.session && syncView());
  const stopWindow = watchWindow({
    onLeave: leaveWindow,
    onReturn() {
      takePlace(panelId, Date.now());
      tryIfLost();
    },
    onOnline: tryIfLost,
  });

  const tab: OwnedLiveTab = {
    panelId,
    store,
    canvas,
    send,
    onMessage(listener) {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
    onDrawn(listener) {
      drawnListeners.add(listener);
      return () => drawnListeners.delete(listener);
    },
    setViewer(view, viewer) {
      const before = viewers.attention();
      viewers.set(view, viewer);
      // Who comes to look does not wait for the next attempt.
      if (before === "hidden" && viewers.attention() !== "hidden") tryIfLost();
      syncView();
    },
    fileUrl: (path) => fileUrl(socketUrl, path),
    socketUrl: () => socketUrl,
    navigate(url) {
      navigation.expectAddress(url, false);
      tellOrReopen({ type: "navigate", to: { url } });
    },
    follow(url, byHand) {
      navigation.expectAddress(url, byHand);
      tellOrReopen({ type: "navigate", to: { url } });
    },
    traverse: (panelIndex) => tellOrReopen(navigation.goTo(panelIndex)),
    reload(hard = false) {
      const failed = store.getState().loadFailure;
      // What was lost is taken up again as it was, rather than loaded anew.
      if (getStatus().kind === "lost") tryNow();
      else if (failed) tellOrReopen({ type: "navigate", to: { url: failed.url } });
      else tellOrReopen({ type: "navigate", to: { action: hard ? "reload-hard" : "reload" } });
    },
    stop: () => send({ type: "navigate", to: { action: "stop" } }),
    takeUp: () => navigation.update(store.getState().page),
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(retry);
      asking.abort();
      channel?.send({ type: "close" });
      channel?.leave();
      channel = null;
      painter?.dispose();
      sound.dispose();
      stopDevice();
      stopPanel();
      navigation.dispose();
      stopWindow();
      setLiveTab(panelId, null);
    },
  };
  navigation.expectAddress(urlOf(), typed);
  setLiveTab(panelId, tab);
  void connect();
  return tab;
}

function currentScroll(panelId: string): number {
  const state = getPagePanel(panelId)?.state;
  return state?.entries[state.index]?.scroll.y ?? 0;
}

/** The node's web server stands where its socket does. */
function fileUrl(socketUrl: string, path: string): string {
  if (!socketUrl) return "";
  const url = new URL(path, socketUrl.replace(/^ws/, "http"));
  return url.href;
}
