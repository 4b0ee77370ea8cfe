import type { StoreApi } from "zustand/vanilla";
import type { ErrorCode } from "#lib/protocol/errors.ts";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import type {
  LiveEnd,
  LivePageState,
  LiveServerMessage,
  LiveTabEvent,
} from "#lib/protocol/live-server-message.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";

/**
 * A Chromium tab on a live node as this window sees it. It exists outside React,
 * one for each panel whose engine is `live`, so that the flat view and the room
 * show the same one. This module holds the contract and the list alone: it stays
 * out of the way of pages that need no live tab.
 */
export interface LiveTab {
  readonly panelId: string;
  readonly store: StoreApi<LiveTabState>;
  /** Always holds the newest complete picture, in device pixels; also while the connection is lost. */
  readonly canvas: HTMLCanvasElement;
  /** Sends at once; dropped while there is no connection, as input that is late would surprise. */
  send(message: LiveTabInput): void;
  /** Hears every message about this tab, in the order of arrival, after `store` has taken it in. */
  onMessage(listener: (message: LiveTabEvent) => void): () => void;
  /** Hears of each complete frame, once it stands on `canvas`. */
  onDrawn(listener: (drawn: { frame: number; drawMs: number }) => void): () => void;
  /** Says how one of the views shows the tab; null when it no longer does. The one that looks closest decides. */
  setViewer(view: "flat" | "room", viewer: LiveViewer | null): void;
  /** An address of the node's own web server for what a message calls a path, and for uploads. Empty without a connection. */
  fileUrl(path: string): string;
  /** Goes to an address; opens the tab anew when it has ended. */
  navigate(url: string): void;
  /** Loads the page again, opening the tab anew when it has ended. */
  reload(hard?: boolean): void;
  /** Ends the tab on the node and forgets the picture. */
  close(): void;
}

/** A message of this tab; its number is added on the way. */
export type LiveTabInput = DistributiveOmit<LiveTabMessage, "tab">;

export interface LiveViewer {
  attention: "focused" | "aside" | "hidden";
  /** Null: whatever the tab has. */
  viewport: LiveViewport | null;
}

export type LiveTabStatus =
  | { kind: "connecting" }
  /** The node is full; 1 is next. */
  | { kind: "waiting"; place: number }
  | { kind: "open" }
  /** The connection broke; the last picture stays. Epoch milliseconds. */
  | { kind: "lost"; since: number; retryAt: number }
  | { kind: "ended"; why: LiveEnd }
  | { kind: "failed"; error: { code: ErrorCode; message: string; requestId: string } };

export type LiveField = NonNullable<Extract<LiveServerMessage, { type: "field" }>["field"]>;
export type LiveTrackers = Omit<Extract<LiveServerMessage, { type: "trackers" }>, "type" | "tab">;

export interface LiveTabState {
  status: LiveTabStatus;
  page: LivePageState;
  /** A CSS cursor keyword. */
  cursor: string;
  /** The text field with the remote focus. */
  field: LiveField | null;
  trackers: LiveTrackers | null;
  /** Whether the node's Chromium runs in its sandbox; null until it has said so. */
  sandboxed: boolean | null;
  /** Device pixels of the newest picture; null before the first. */
  picture: { width: number; height: number } | null;
  /** What the node was last told to lay the page out for, in CSS pixels. */
  viewport: LiveViewport;
  zoom: number;
  /** The page that could not be loaded, until another address is tried. */
  loadFailure: { url: string; error: string } | null;
  found: { count: number; active: number } | null;
  /** Of the last ping, in milliseconds. */
  roundTripMs: number | null;
}

const tabs = new Map<string, LiveTab>();
const listeners = new Set<(panelId: string) => void>();

export function getLiveTab(panelId: string): LiveTab | undefined {
  return tabs.get(panelId);
}

export function listLiveTabs(): readonly LiveTab[] {
  return [...tabs.values()];
}

/** Told the panel whose tab began or went. Returns how to stop. */
export function watchLiveTabs(listener: (panelId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called by whoever opens and closes tabs, nobody else. Null takes the panel's tab off the list. */
export function setLiveTab(panelId: string, tab: LiveTab | null): void {
  if (tab) tabs.set(panelId, tab);
  else tabs.delete(panelId);
  for (const listener of listeners) listener(panelId);
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
