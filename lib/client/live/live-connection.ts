import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import { LIVE_SUBPROTOCOL } from "#lib/protocol/live.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import { LIVE_FRAME_HEADER_BYTES } from "#lib/protocol/live-frame.ts";
import { type LiveServerMessage, liveServerMessageSchema } from "#lib/protocol/live-server-message.ts";

/** What a tab hears of its connection. */
export interface ChannelListener {
  onMessage(message: LiveServerMessage): void;
  onFrame(message: ArrayBuffer): void;
  onRoundTrip(ms: number): void;
  /** The connection is gone, once; nothing comes after it. */
  onLost(): void;
}

/** One tab's place on a connection. */
export interface LiveChannel {
  send(message: LiveTabInput): void;
  /** Leaves the connection, which ends with its last tab. Sends nothing. */
  leave(): void;
}

export interface OpenChannelOptions {
  socketUrl: string;
  open: Omit<Extract<LiveClientMessage, { type: "open" }>, "type" | "tab">;
  listener: ChannelListener;
}

interface Connection {
  openChannel(options: Omit<OpenChannelOptions, "socketUrl">): LiveChannel;
}

const PING_EVERY_MS = 4_000;
/** Silence for so many pings means that the way to the node is cut, whatever the socket says. */
const SILENT_PINGS_MAX = 2;
const CONNECT_MAX_MS = 10_000;

const connections = new Map<string, Connection>();

/** Puts a tab on the one connection of this window to a node. */
export function openChannel({ socketUrl, ...options }: OpenChannelOptions): LiveChannel {
  const known = connections.get(socketUrl);
  if (known) return known.openChannel(options);
  const connection = connect(socketUrl);
  connections.set(socketUrl, connection);
  return connection.openChannel(options);
}

function connect(socketUrl: string): Connection {
  const socket = new WebSocket(socketUrl, LIVE_SUBPROTOCOL);
  socket.binaryType = "arraybuffer";
  const listeners = new Map<number, ChannelListener>();
  const waiting: LiveClientMessage[] = [];
  const pings = new Map<number, number>();
  let nextTab = 0;
  let nextPing = 0;
  let over = false;

  const slow = setTimeout(end, CONNECT_MAX_MS);
  const heartbeat = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (pings.size >= SILENT_PINGS_MAX) {
      end();
      return;
    }
    nextPing += 1;
    pings.set(nextPing, performance.now());
    send({ type: "ping", id: nextPing });
  }, PING_EVERY_MS);

  function send(message: LiveClientMessage): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else if (socket.readyState === WebSocket.CONNECTING && message.type === "open") waiting.push(message);
  }

  function end(): void {
    if (over) return;
    over = true;
    clearTimeout(slow);
    clearInterval(heartbeat);
    if (connections.get(socketUrl) === connection) connections.delete(socketUrl);
    socket.close();
    const told = [...listeners.values()];
    listeners.clear();
    for (const listener of told) listener.onLost();
  }

  function receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      // The rest of the header is read by whoever draws it.
      if (data.byteLength >= LIVE_FRAME_HEADER_BYTES)
        listeners.get(new DataView(data).getUint16(2))?.onFrame(data);
      return;
    }
    const message = parseMessage(data);
    if (message === "unknown") return;
    if (!message) end();
    else if (message.type !== "pong") listeners.get(message.tab)?.onMessage(message);
    else {
      const sentAt = pings.get(message.id);
      pings.clear();
      if (sentAt !== undefined)
        for (const listener of listeners.values()) listener.onRoundTrip(performance.now() - sentAt);
    }
  }

  socket.addEventListener("open", () => {
    clearTimeout(slow);
    for (const message of waiting.splice(0)) send(message);
  });
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (!over) receive(event.data);
  });
  socket.addEventListener("close", end);
  socket.addEventListener("error", end);

  const connection: Connection = {
    openChannel({ open, listener }) {
      const tab = nextTab;
      nextTab += 1;
      listeners.set(tab, listener);
      send({ type: "open", tab, ...open });
      return {
        send: (message) => send({ ...message, tab } as LiveClientMessage),
        leave() {
          listeners.delete(tab);
          if (listeners.size === 0) end();
        },
      };
    },
  };
  return connection;
}

/** `unknown` for a type of a later version, which is ignored; null for what is none. */
function parseMessage(data: unknown): LiveServerMessage | "unknown" | null {
  if (typeof data !== "string") return null;
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null; // Cut or foreign: the connection cannot be trusted further.
  }
  const parsed = liveServerMessageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isUnknown = parsed.error.issues.some(
    ({ code, path }) => code === "invalid_union" && path.length === 1 && path[0] === "type",
  );
  return isUnknown ? "unknown" : null;
}
