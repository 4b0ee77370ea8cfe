import { createStore } from "zustand/vanilla";
import { watchDevice } from "#lib/client/live/device.ts";
import { followNavigation } from "#lib/client/live/follow-navigation.ts";
import { applyMessage, createLiveState } from "#lib/client/live/live-state.ts";
import { type LiveTab, type LiveTabInput, type LiveTabState, setLiveTab } from "#lib/client/live/live-tab.ts";
import { createViewers, zoomOf } from "#lib/client/live/live-viewers.ts";
import { createTabSound } from "#lib/client/live/sound/tab-sound.ts";
import { createTabConnection, type LiveInvitation } from "#lib/client/live/tab-connection.ts";
import { createTabPicture } from "#lib/client/live/tab-picture.ts";
import { tellProfile } from "#lib/client/live/tell-profile.ts";
import { watchWindow } from "#lib/client/live/watch-window.ts";
import { browserStore, getPagePanel } from "#lib/client/store/browser-store.ts";
import type { LiveServerMessage, LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";
import { isLiveSound } from "#lib/protocol/live-sound.ts";

export interface OpenLiveTabOptions {
  panelId: string;
  viewport: LiveViewport;
  /** For a page that another page has opened. */
  invitation?: LiveInvitation | undefined;
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

/** Opens a live tab for a panel and keeps it connected until it is closed. Enters it in the list of tabs. */
export function openLiveTab({ panelId, viewport, invitation, typed }: OpenLiveTabOptions): OwnedLiveTab {
  const canvas = document.createElement("canvas");
  const store = createStore<LiveTabState>(() => createLiveState(viewport, zoomOf(panelId)));
  const messageListeners = new Set<(message: LiveTabEvent) => void>();
  const viewers = createViewers(panelId, store.getState);
  const navigation = followNavigation(panelId);
  const isOpen = () => store.getState().status.kind === "open";
  const send = (message: LiveTabInput) => {
    if (isOpen()) connection.send(message);
  };
  const picture = createTabPicture(canvas, store, (message) => connection.send(message));
  const sound = createTabSound(panelId, send);
  const connection = createTabConnection({
    panelId,
    store,
    viewers,
    invitation,
    onJoin: picture.begin,
    onMessage: receive,
    onFrame: (message) => (isLiveSound(message) ? sound : picture).push(message),
  });
  let sentView = "";
  let closed = false;

  /** Tells the node how the tab is shown, when that is news. */
  function syncView(): void {
    const view = viewers.describe();
    if (!view || closed) return;
    connection.wakeIfSeen();
    const { zoom, viewport: wanted } = view;
    const known = store.getState();
    if (known.zoom !== zoom || known.viewport !== wanted) store.setState({ zoom, viewport: wanted });
    const text = JSON.stringify(view);
    if (text === sentView || !isOpen()) return;
    sentView = text;
    connection.send(view);
  }

  function receive(message: LiveServerMessage): void {
    if (message.type === "pong") return;
    store.setState(applyMessage(store.getState(), message));
    if (message.type === "opened") {
      sentView = "";
      if (!message.resumed) {
        picture.forget();
        navigation.restart();
      }
    }
    connection.take(message);
    switch (message.type) {
      case "opened":
        syncView();
        sound.opened();
        break;
      case "state":
        picture.pageChanged();
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

  /** With a tab on the node, tells it; without one, opens it where the panel is. */
  const tellOrReopen = (message: LiveTabInput) => {
    store.setState({ loadFailure: null });
    if (isOpen()) send(message);
    else if (store.getState().status.kind !== "waiting") connection.reopen();
  };

  const stopDevice = watchDevice(syncView);
  const stopPanel = browserStore.subscribe((now, before) => now.session !== before.session && syncView());
  const stopWindow = watchWindow({
    onLeave: connection.leaveWindow,
    onReturn: connection.returnToWindow,
    onOnline: connection.tryIfLost,
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
    onDrawn: picture.onDrawn,
    setViewer(view, viewer) {
      const before = viewers.attention();
      viewers.set(view, viewer);
      // Who comes to look does not wait for the next attempt.
      if (before === "hidden" && viewers.attention() !== "hidden") connection.tryIfLost();
      syncView();
    },
    fileUrl: (path) => fileUrl(connection.socketUrl(), path),
    socketUrl: connection.socketUrl,
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
      const { loadFailure, status } = store.getState();
      // What was lost is taken up again as it was, rather than loaded anew.
      if (status.kind === "lost") connection.tryNow();
      else if (loadFailure) tellOrReopen({ type: "navigate", to: { url: loadFailure.url } });
      else tellOrReopen({ type: "navigate", to: { action: hard ? "reload-hard" : "reload" } });
    },
    stop: () => send({ type: "navigate", to: { action: "stop" } }),
    takeUp: () => navigation.update(store.getState().page),
    close() {
      if (closed) return;
      closed = true;
      connection.close();
      picture.dispose();
      sound.dispose();
      stopDevice();
      stopPanel();
      navigation.dispose();
      stopWindow();
      setLiveTab(panelId, null);
    },
  };
  navigation.expectAddress(getPagePanel(panelId)?.state.url ?? "", typed);
  setLiveTab(panelId, tab);
  connection.connect();
  return tab;
}

/** The node's web server stands where its socket does. */
function fileUrl(socketUrl: string, path: string): string {
  if (!socketUrl) return "";
  const url = new URL(path, socketUrl.replace(/^ws/, "http"));
  return url.href;
}
