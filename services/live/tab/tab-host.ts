import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveFrameHeader } from "#lib/protocol/live-frame.ts";
import type { LiveEnd, LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import type { LiveDevice, LiveTicket, LiveViewport } from "#lib/protocol/live-session.ts";
import type { LiveSoundHeader } from "#lib/protocol/live-sound.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";
import type { FormState } from "#services/live/world/page-report.ts";

/** How a client shows a tab; the last `view` message, or what the ticket began with. */
export interface LiveView {
  viewport: LiveViewport;
  device: LiveDevice;
  zoom: number;
  attention: "focused" | "aside" | "hidden";
  level: TrackerLevel;
}

/** What was typed into a tab's page: before it was lost, to begin with, and then as it stands. */
export interface FormMemory {
  state: FormState | null;
}

/** What each part of a tab may use: its page in Chromium and its client. */
export interface TabHost {
  readonly page: Page;
  /** Of the page's own target. Answers on the input path are never awaited. */
  readonly cdp: CDPSession;
  readonly context: BrowserContext;
  readonly ticket: LiveTicket;
  /** Picture kinds the client can draw. */
  readonly codecs: ReadonlySet<string>;
  /** Without it nothing is remembered. */
  readonly form?: FormMemory | undefined;
  /** Resolves once the tab's first document is there, or cannot come. */
  readonly stands: Promise<void>;
  getView(): LiveView;
  /** Sends one control message about this tab. Never waits, never throws. */
  emit(event: LiveTabEvent): void;
  /** Sends one tile. Never waits; the caller paces itself by `backlogBytes` and by what was drawn. */
  sendFrame(header: Omit<LiveFrameHeader, "tab">, payload: Uint8Array): void;
  /** Sends one packet of sound. Never waits; the caller leaves out what would be late. */
  sendSound(header: Omit<LiveSoundHeader, "tab">, payload: Uint8Array): void;
  /** Bytes given to the socket that have not left this machine yet. */
  backlogBytes(): number;
  /** A part found that the tab cannot go on; it ends with a word to the client. */
  fail(error: unknown, why?: LiveEnd): void;
}

/**
 * One concern of a tab: input, the picture, dialogs. Each part is given every
 * message of its tab in the order of arrival and ignores what is not its own.
 */
export interface TabPart {
  handle?(message: LiveTabMessage): void;
  /** After a `view` message, with what was shown before. */
  viewChanged?(view: LiveView, before: LiveView): void;
  dispose?(): void | Promise<void>;
}

/** Prepares a part before the first navigation; all it listens for is in place when it resolves. */
export type CreateTabPart = (host: TabHost) => TabPart | Promise<TabPart>;
