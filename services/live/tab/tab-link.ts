import type { LiveFrameHeader } from "#lib/protocol/live-frame.ts";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import type { LiveSoundHeader } from "#lib/protocol/live-sound.ts";

/** Where a tab's messages and pictures go: one tab of one connection. */
export interface TabClient {
  emit(event: LiveTabEvent): void;
  sendFrame(header: Omit<LiveFrameHeader, "tab">, payload: Uint8Array): void;
  sendSound(header: Omit<LiveSoundHeader, "tab">, payload: Uint8Array): void;
  backlogBytes(): number;
}

/** The way from a tab to whichever client shows it now. */
export interface TabLink extends TabClient {
  /** Tells a client all it has to know of the page; from now on everything goes there. */
  attach(client: TabClient, greeting: LiveTabEvent): void;
  /** Nobody is there: what happens is remembered, pictures are dropped. */
  detach(): void;
}

/** Events that are told once and stand for themselves: a popup, a download. */
const MISSED_MAX = 64;
/** Of each of these the last one says it all. */
const LASTING = new Set<LiveTabEvent["type"]>(["cursor", "field", "trackers", "found"]);

export function createTabLink(): TabLink {
  let client: TabClient | null = null;
  let state: Extract<LiveTabEvent, { type: "state" }>["state"] = {};
  const lasting = new Map<string, LiveTabEvent>();
  const asked = new Map<number, LiveTabEvent>();
  let missed: LiveTabEvent[] = [];

  function remember(event: LiveTabEvent): void {
    if (event.type === "state") state = { ...state, ...event.state };
    else if (event.type === "ask") asked.set(event.id, event);
    else if (event.type === "asked") asked.delete(event.id);
    else if (LASTING.has(event.type)) lasting.set(event.type, event);
    else if (!client) missed = [...missed, event].slice(-MISSED_MAX);
  }

  return {
    emit(event) {
      remember(event);
      client?.emit(event);
    },
    sendFrame: (header, payload) => client?.sendFrame(header, payload),
    sendSound: (header, payload) => client?.sendSound(header, payload),
    backlogBytes: () => client?.backlogBytes() ?? 0,
    attach(next, greeting) {
      client = next;
      next.emit(greeting);
      if (Object.keys(state).length > 0) next.emit({ type: "state", state });
      for (const event of [...lasting.values(), ...asked.values(), ...missed]) next.emit(event);
      missed = [];
    },
    detach() {
      client = null;
    },
  };
}
