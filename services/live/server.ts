import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { getRegistry } from "#lib/node/metrics/registry.ts";
import { LIVE_CLOSE, LIVE_SUBPROTOCOL, LIVE_TEXT_BYTES_MAX } from "#lib/protocol/live.ts";
import type { LiveNode } from "#services/live/node/live-node.ts";
import { serveConnection } from "#services/live/socket/serve-connection.ts";

export interface LiveServerOptions {
  port: number;
  host: string;
  node: LiveNode;
  /** Whether a page of this origin may connect. */
  isOriginAllowed(origin: string, request: IncomingMessage): boolean;
}

export interface LiveServer {
  port: number;
  /** Tells every client, then ends. */
  close(): Promise<void>;
}

/** The node's door: `/live` for WebSockets, `/health` and `/metrics` for whoever runs it. */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const { node, isOriginAllowed } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIVE_TEXT_BYTES_MAX,
    handleProtocols: (offered) => (offered.has(LIVE_SUBPROTOCOL) ? LIVE_SUBPROTOCOL : false),
  });
  const server = createServer((request, response) => void answer(request, response));
  server.on("upgrade", (request, socket, head) => {
    const { pathname } = new URL(request.url ?? "/", "http://node");
    const refusal =
      pathname !== "/live"
        ? "404 Not Found"
        : isOriginAllowed(request.headers.origin ?? "", request)
          ? null
          : "403 Forbidden";
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client: WebSocket) => serveConnection(client, node));
  });
  await listen(server, options.port, options.host);
  const address = server.address();

  return {
    port: typeof address === "object" && address ? address.port : options.port,
    async close() {
      for (const client of sockets.clients) client.close(LIVE_CLOSE.goingAway, "the node is stopping");
      await node.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://node");
  if (pathname === "/health") {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "ok" }));
  } else if (pathname === "/metrics") {
    response.writeHead(200, { "content-type": getRegistry().contentType });
    response.end(await getRegistry().metrics());
  } else {
    response.writeHead(404);
    response.end();
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}
