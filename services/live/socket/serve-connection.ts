import type { RawData, WebSocket } from "ws";
import { getLog } from "#lib/node/log/log.ts";
import {
  LIVE_CLOSE,
  type LiveClientMessage,
  type LiveServerMessage,
  liveClientMessageSchema,
} from "#lib/protocol/live.ts";
import { encodeLiveFrame } from "#lib/protocol/live-frame.ts";
import type { LiveNode } from "#services/live/node/live-node.ts";
import type { LiveTab } from "#services/live/tab/live-tab.ts";

/** A connection that shows no valid ticket for this long ends. */
const TICKET_WAIT_MS = 5_000;
const PING_EVERY_MS = 20_000;

type OpenMessage = Extract<LiveClientMessage, { type: "open" }>;

/** One client's connection: its tabs, until it closes. */
export function serveConnection(socket: WebSocket, node: LiveNode): void {
  const tabs = new Map<number, Promise<LiveTab | null>>();
  let admitted = false;
  const unauthorized = setTimeout(
    () => socket.close(LIVE_CLOSE.unauthorized, "no ticket in time"),
    TICKET_WAIT_MS,
  );
  let alive = true;
  const heartbeat = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on("pong", () => {
    alive = true;
  });

  const send = (message: LiveServerMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };

  async function open(message: OpenMessage): Promise<LiveTab | null> {
    const { tab, codecs, scroll } = message;
    const admission = node.admit(message.ticket);
    if (!admission.ok) {
      send({ type: "ended", tab, why: admission.why });
      if (!admitted) socket.close(LIVE_CLOSE.unauthorized, admission.why);
      return null;
    }
    admitted = true;
    clearTimeout(unauthorized);
    return node.openTab({
      ticket: admission.ticket,
      codecs,
      scroll,
      onEnd: () => tabs.delete(tab),
      client: {
        emit: (event) => send({ ...event, tab } as LiveServerMessage),
        sendFrame(header, payload) {
          if (socket.readyState === socket.OPEN) socket.send(encodeLiveFrame({ ...header, tab }, payload));
        },
        backlogBytes: () => socket.bufferedAmount,
      },
    });
  }

  function receive(message: LiveClientMessage): void {
    if (message.type === "open") {
      if (tabs.has(message.tab)) {
        socket.close(LIVE_CLOSE.badMessage, "the tab is open");
        return;
      }
      const opening = open(message).catch((error: unknown) => {
        getLog().warn({ err: error }, "a live tab could not be opened");
        send({ type: "ended", tab: message.tab, why: "browser-crashed" });
        return null;
      });
      tabs.set(message.tab, opening);
      void opening.then((tab) => tab ?? tabs.delete(message.tab));
      return;
    }
    if (!admitted) socket.close(LIVE_CLOSE.unauthorized, "a ticket comes first");
    else if (message.type === "ping") send({ type: "pong", id: message.id });
    // A message for a tab that just ended crossed the news of it.
    else void tabs.get(message.tab)?.then((tab) => tab?.handle(message));
  }

  socket.on("message", (data, isBinary) => {
    alive = true;
    const message = isBinary ? null : parseMessage(data);
    if (message === "unknown") return;
    if (message) receive(message);
    else socket.close(LIVE_CLOSE.badMessage, "not a message of this protocol");
  });
  socket.on("error", (error) => getLog().debug({ err: error }, "a live socket failed"));
  socket.on("close", () => {
    clearTimeout(unauthorized);
    clearInterval(heartbeat);
    for (const opening of tabs.values()) void opening.then((tab) => tab?.close());
  });
}

/** `unknown` for a type of a later version, which is ignored; null for what is none. */
function parseMessage(data: RawData): LiveClientMessage | "unknown" | null {
  let json: unknown;
  try {
    json = JSON.parse(data.toString());
  } catch {
    return null;
  }
  const parsed = liveClientMessageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isUnknown = parsed.error.issues.some(
    ({ code, path }) => code === "invalid_union" && path[0] === "type",
  );
  return isUnknown && typeof (json as { type?: unknown })?.type === "string" ? "unknown" : null;
}
