import type { RawData, WebSocket } from "ws";
import { getLog } from "#lib/node/log/log.ts";
import { LIVE_CLOSE } from "#lib/protocol/live.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import { encodeLiveFrame } from "#lib/protocol/live-frame.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import { encodeLiveSound } from "#lib/protocol/live-sound.ts";
import {
  liveFrameBytes,
  liveFrames,
  liveMessages,
  liveRefusals,
  liveSoundPackets,
} from "#services/live/node/live-metrics.ts";
import type { LiveNode, OpenMessage } from "#services/live/node/live-node.ts";
import type { Seat } from "#services/live/node/seat.ts";
import type { CountedConnection } from "#services/live/socket/connection-limits.ts";
import { createFloodGate } from "#services/live/socket/flood-gate.ts";
import { parseMessage } from "#services/live/socket/parse-message.ts";
import {
  BACKLOG_LIMITS,
  type BacklogLimits,
  createBacklogWatch,
} from "#services/live/socket/watch-backlog.ts";
import type { TabClient } from "#services/live/tab/tab-link.ts";

export interface ConnectionTimes {
  /** A connection that shows no valid ticket for this long ends. */
  ticketMs: number;
  pingMs: number;
  backlog: BacklogLimits;
}

export const CONNECTION_TIMES: ConnectionTimes = {
  ticketMs: 5_000,
  pingMs: 20_000,
  backlog: BACKLOG_LIMITS,
};

/** What a browser says for a window that was closed or went elsewhere: nobody is left to come back (RFC 6455, 7.4.1). */
const WINDOW_GONE = 1001;
const LOOK_MS = 1_000;
const FAREWELL_MS = 2_000;
/** Keys and tickets that open nothing, before one that does. */
const FAILED_OPENS_MAX = 4;
/** Tabs of one connection, over all plans. */
const TABS_MAX = 64;

export interface ConnectionOptions {
  socket: WebSocket;
  node: LiveNode;
  counted: CountedConnection;
  times: ConnectionTimes;
}

/** One client's connection: its tabs, until it closes. */
export function serveConnection({ socket, node, counted, times }: ConnectionOptions): void {
  const tabs = new Map<number, { seat: Seat; client: TabClient }>();
  const gate = createFloodGate();
  const backlog = createBacklogWatch(times.backlog);
  let account: string | null = null;
  let failedOpens = 0;
  let alive = true;

  const refuse = (code: number, why: string) => {
    liveRefusals.inc({ why });
    socket.close(code, why);
    // One that goes on sending does not wait for the end of the handshake.
    setTimeout(() => socket.terminate(), FAREWELL_MS).unref();
  };
  const unauthorized = setTimeout(() => refuse(LIVE_CLOSE.unauthorized, "no ticket in time"), times.ticketMs);
  const heartbeat = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, times.pingMs);
  const look = setInterval(() => {
    if (!backlog.isTooMuch(socket.bufferedAmount, performance.now())) return;
    liveRefusals.inc({ why: "slow" });
    socket.terminate();
  }, LOOK_MS);

  const isOpen = () => socket.readyState === socket.OPEN;
  const send = (message: LiveServerMessage) => {
    if (isOpen()) socket.send(JSON.stringify(message));
  };

  function createClient(tab: number): TabClient {
    const client: TabClient = {
      emit(event) {
        if (event.type === "ended" && tabs.get(tab)?.client === client) tabs.delete(tab);
        send({ ...event, tab } as LiveServerMessage);
      },
      sendFrame(header, payload) {
        if (!isOpen()) return;
        liveFrames.inc();
        liveFrameBytes.inc(payload.byteLength);
        socket.send(encodeLiveFrame({ ...header, tab }, payload));
      },
      sendSound(header, payload) {
        if (!isOpen()) return;
        liveSoundPackets.inc();
        socket.send(encodeLiveSound({ ...header, tab }, payload));
      },
      backlogBytes: () => socket.bufferedAmount,
    };
    return client;
  }

  function open(message: OpenMessage): void {
    const { tab } = message;
    if (tabs.has(tab)) {
      refuse(LIVE_CLOSE.badMessage, "the tab is open");
      return;
    }
    const client = createClient(tab);
    const opened =
      tabs.size < TABS_MAX
        ? node.open(message, client, account)
        : ({ ok: false, why: "too-many-tabs" } as const);
    if (opened.ok) {
      account ??= opened.seat.account;
      clearTimeout(unauthorized);
      counted.known();
      tabs.set(tab, { seat: opened.seat, client });
      return;
    }
    send({ type: "ended", tab, why: opened.why });
    if (account !== null) return;
    failedOpens += 1;
    // Whoever asks for what is gone has a ticket to come.
    if (opened.why !== "gone" || failedOpens >= FAILED_OPENS_MAX) {
      refuse(LIVE_CLOSE.unauthorized, opened.why);
    }
  }

  function receive(message: LiveClientMessage): void {
    if (message.type === "open") open(message);
    else if (account === null) refuse(LIVE_CLOSE.unauthorized, "a ticket comes first");
    else if (message.type === "ping") send({ type: "pong", id: message.id });
    // A message for a tab that just ended crossed the news of it.
    else tabs.get(message.tab)?.seat.handle(message);
  }

  function read(data: RawData, isBinary: boolean): void {
    alive = true;
    if (!isOpen()) return;
    let verdict = gate.admitBytes(byteLength(data));
    const message = verdict === "flooded" || isBinary ? null : parseMessage(data);
    if (message && message !== "unknown") verdict = gate.admit(message);
    liveMessages.inc({ outcome: verdict });
    if (verdict === "flooded") refuse(LIVE_CLOSE.flooded, "more than a person can do");
    else if (message === null) refuse(LIVE_CLOSE.badMessage, "not a message of this protocol");
    else if (message !== "unknown" && verdict === "pass") receive(message);
  }

  socket.on("message", (data, isBinary) => {
    try {
      read(data, isBinary);
    } catch (error) {
      getLog().error({ err: error }, "a live message could not be dealt with");
      socket.close(1011, "the node failed");
    }
  });
  socket.on("pong", () => {
    alive = true;
  });
  socket.on("error", (error) => getLog().debug({ err: error }, "a live socket failed"));
  socket.on("close", (code) => {
    clearTimeout(unauthorized);
    clearInterval(heartbeat);
    clearInterval(look);
    counted.closed();
    const shown = [...tabs.values()].filter(({ seat, client }) => seat.isShownBy(client));
    tabs.clear();
    for (const { seat } of shown) {
      if (code === WINDOW_GONE) void seat.end("closed");
      else seat.leave();
    }
  });
}

function byteLength(data: RawData): number {
  return Array.isArray(data) ? data.reduce((sum, { byteLength }) => sum + byteLength, 0) : data.byteLength;
}
