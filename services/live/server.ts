import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import { resolveClientAddress } from "#lib/core/http/client-address.ts";
import { getLog } from "#lib/node/log/log.ts";
import { LIVE_CLOSE, LIVE_SUBPROTOCOL, LIVE_TEXT_BYTES_MAX } from "#lib/protocol/live.ts";
import { LIVE_ROUTES } from "#services/live/http/live-routes.ts";
import { healthRoute, metricsRoute } from "#services/live/http/status-routes.ts";
import { liveConnections, liveRefusals } from "#services/live/node/live-metrics.ts";
import type { LiveNode } from "#services/live/node/live-node.ts";
import {
  CONNECTION_LIMITS,
  type ConnectionLimits,
  createConnectionCounter,
} from "#services/live/socket/connection-limits.ts";
import {
  CONNECTION_TIMES,
  type ConnectionTimes,
  serveConnection,
} from "#services/live/socket/serve-connection.ts";

export interface LiveServerOptions {
  port: number;
  host: string;
  node: LiveNode;
  /** Whether a page of this origin may connect. */
  isOriginAllowed(origin: string, request: IncomingMessage): boolean;
  /** Bearer token of `/metrics`; without one this machine alone may read it. */
  metricsToken?: string | undefined;
  /** How many of our own proxies stand in front. */
  trustedProxies?: number;
  connections?: Partial<ConnectionLimits>;
  times?: Partial<ConnectionTimes>;
}

export interface LiveServer {
  port: number;
  /** Tells every client, then ends. Bounded in time. */
  close(): Promise<void>;
}

const HEADERS_MS = 10_000;
/** An upload may take its time. */
const REQUEST_MS = 15 * 60_000;
/** For the news of the end to reach clients. */
const FAREWELL_MS = 1_000;

/** The node's door: `/live` for WebSockets, `/health` and `/metrics` for whoever runs it, and the features' own. */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const { node, isOriginAllowed, metricsToken, trustedProxies = 0 } = options;
  const times = { ...CONNECTION_TIMES, ...options.times };
  const limits = { ...CONNECTION_LIMITS, ...options.connections };
  const connections = createConnectionCounter(limits);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIVE_TEXT_BYTES_MAX,
    // Pictures are compressed already: deflating them again costs time and memory for each socket and saves nothing.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(LIVE_SUBPROTOCOL) ? LIVE_SUBPROTOCOL : false),
  });
  const routes = [healthRoute(node), metricsRoute(node, metricsToken), ...LIVE_ROUTES];
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: HEADERS_MS },
    (request, response) => void answer(request, response),
  );
  // Sockets that say nothing at all are counted by nobody else.
  server.maxConnections = 2 * limits.total;
  server.on("upgrade", upgrade);
  await listen(server, options.port, options.host);
  const address = server.address();
  let closing: Promise<void> | undefined;

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", (error) => getLog().debug({ err: error }, "a socket failed"));
    const refuse = (status: string, why: string) => {
      liveRefusals.inc({ why });
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    };
    const refusal = refusalOf(request);
    const counted = refusal ? null : connections.enter(addressOf(request));
    if (refusal || !counted) {
      refuse(...(refusal ?? (["429 Too Many Requests", "connections"] as const)));
      return;
    }
    socket.once("close", () => {
      counted.closed();
      liveConnections.set(connections.total);
    });
    liveConnections.set(connections.total);
    sockets.handleUpgrade(request, socket, head, (client: WebSocket) => {
      serveConnection({ socket: client, node, counted, times });
    });
  }

  function refusalOf(request: IncomingMessage): readonly [status: string, why: string] | null {
    if (closing) return ["503 Service Unavailable", "node-stopping"];
    if (URL.parse(request.url ?? "/", "http://node")?.pathname !== "/live") return ["404 Not Found", "path"];
    return isOriginAllowed(request.headers.origin ?? "", request) ? null : ["403 Forbidden", "origin"];
  }

  function addressOf(request: IncomingMessage): string | null {
    return resolveClientAddress({
      peer: request.socket.remoteAddress,
      forwardedFor: String(request.headers["x-forwarded-for"] ?? ""),
      trustedProxies,
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? "/", "http://node");
    const route = url && routes.find(({ matches }) => matches(url.pathname));
    if (!route) {
      response.writeHead(404).end();
      return;
    }
    try {
      await route.answer(request, response, url);
    } catch (error) {
      getLog().error({ err: error }, "a request to the node failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  async function close(): Promise<void> {
    const ended = node.close();
    for (const client of sockets.clients) client.close(LIVE_CLOSE.goingAway, "the node is stopping");
    await Promise.all([ended, delay(sockets.clients.size > 0 ? FAREWELL_MS : 0)]);
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    port: typeof address === "object" && address ? address.port : options.port,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
