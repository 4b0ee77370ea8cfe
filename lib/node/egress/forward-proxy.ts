import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { AppError } from "#lib/core/errors/app-error.ts";
import { toEgressError } from "#lib/node/egress/classify-error.ts";
import type { EgressOptions } from "#lib/node/egress/create-egress.ts";
import { openTcpSocket } from "#lib/node/egress/dial.ts";
import {
  createForwardProxyClients,
  type ForwardProxyClient,
  type TunnelWatch,
} from "#lib/node/egress/forward-proxy-clients.ts";
import {
  DEFAULT_FORWARD_PROXY_LIMITS,
  type ForwardProxyLimits,
} from "#lib/node/egress/forward-proxy-limits.ts";
import {
  connectChecked,
  type ProxyTarget,
  parseAbsoluteForm,
  parseAuthority,
} from "#lib/node/egress/forward-proxy-target.ts";
import { forwardRequest, REFUSAL_HEADER } from "#lib/node/egress/forward-request.ts";
import { forwardTunnel, TUNNEL_ACCEPTED } from "#lib/node/egress/forward-tunnel.ts";
import { createResolveName } from "#lib/node/egress/resolve-name.ts";
import { isWebSocketStart, readTunnelStart, webSocketRefusal } from "#lib/node/egress/tunnel-start.ts";
import { proxyConnections, proxyOpen } from "#lib/node/metrics/forward-proxy-metrics.ts";
import { ERRORS, type ErrorCode } from "#lib/protocol/errors.ts";

export interface ForwardProxyOptions extends Omit<EgressOptions, "ca"> {
  limits?: Partial<ForwardProxyLimits>;
}

export interface ForwardProxy {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Lets one browser in; its secret ends with `remove`. */
  addClient(): ForwardProxyClient;
  removeClient(client: ForwardProxyClient): void;
  /** Why a connection to this host and port was last refused, or failed; null when the last one was made. */
  whyRefused(target: ProxyTarget): ErrorCode | null;
  close(): Promise<void>;
}

/** Hosts whose last outcome is remembered. */
const REMEMBERED_MAX = 500;

/**
 * The egress guard as an HTTP proxy for browsers, on loopback only: requests in
 * absolute form and CONNECT, which WebSockets use too. Each connection is
 * decided, looked up once, checked and pinned, so a browser that sends all it has
 * through here reaches public addresses and nothing else. TLS passes through
 * unread, but for what its first message offers. A refusal is a plain 403, a
 * failure a 502, 503 or 504, each with its code in `qui-refused`.
 */
export async function createForwardProxy(options: ForwardProxyOptions): Promise<ForwardProxy> {
  const { policy, resolveName = createResolveName(), openSocket = openTcpSocket } = options;
  const limits = { ...DEFAULT_FORWARD_PROXY_LIMITS, ...options.limits };
  const clients = createForwardProxyClients();
  const refused = new Map<string, ErrorCode>();
  const sockets = new Set<Socket>();

  async function connect(target: ProxyTarget, client: ForwardProxyClient, kind: "tunnel" | "request") {
    const key = `${target.hostname}:${target.port}`;
    refused.delete(key);
    try {
      if (client.open >= limits.connectionsPerClientMax)
        throw new AppError("unavailable", { detail: "a browser holds too many" });
      client.open += 1;
      proxyOpen.inc();
      const site = await connectChecked(target, {
        policy,
        resolveName,
        openSocket,
        timeoutMs: limits.connectTimeoutMs,
      }).catch((error) => {
        leave(client);
        throw error;
      });
      proxyConnections.inc({ kind, outcome: "ok" });
      return site;
    } catch (error) {
      const { code } = toEgressError(error, "connect");
      proxyConnections.inc({ kind, outcome: code });
      refused.set(key, code);
      const oldest = refused.size > REMEMBERED_MAX ? refused.keys().next().value : undefined;
      if (oldest !== undefined) refused.delete(oldest);
      throw error;
    }
  }

  function leave(client: ForwardProxyClient): void {
    client.open -= 1;
    proxyOpen.dec();
  }

  async function answerTunnel(request: IncomingMessage, browser: Duplex, head: Buffer): Promise<void> {
    const client = clients.find(request.headers["proxy-authorization"]);
    if (!client) return refuseTunnel(browser, UNPROVEN);
    const target = parseAuthority(request.url ?? "");
    if (!target) return refuseTunnel(browser, refusal(new AppError("invalid_url")));
    const { watch } = client;
    // What may be refused is not even looked up before it is known what the tunnel is for.
    const isSuspect = watch?.suspects(target) ?? false;
    let start: Buffer | null = head;
    if (isSuspect) start = await admit(browser, { head, target, watch });
    if (!start) return;
    try {
      const site = await connect(target, client, "tunnel");
      sockets.add(site);
      const onEnd = () => {
        sockets.delete(site);
        leave(client);
      };
      // What ends the site meanwhile is seen when the two are joined.
      site.on("error", () => site.destroy());
      if (!isSuspect) start = await admit(browser, { head, target, watch });
      if (start) forwardTunnel(browser, site, { head: start, idleTimeoutMs: limits.idleTimeoutMs, onEnd });
      else {
        site.destroy();
        onEnd();
      }
    } catch (error) {
      if (isSuspect) browser.destroy();
      else refuseTunnel(browser, refusal(error));
    }
  }

  /** Accepts a tunnel. Resolves with its first bytes, or with null when it was ended: by a WebSocket's judge, or unused. */
  async function admit(
    browser: Duplex,
    { head, target, watch }: { head: Buffer; target: ProxyTarget; watch: TunnelWatch | null },
  ): Promise<Buffer | null> {
    browser.write(TUNNEL_ACCEPTED);
    if (!watch) return head;
    const start = await readTunnelStart(browser, { head, timeoutMs: limits.connectTimeoutMs });
    if (start && (!isWebSocketStart(start) || (await watch.mayOpenWebSocket(target)))) return start;
    if (start) {
      proxyConnections.inc({ kind: "tunnel", outcome: "blocked" });
      browser.end(webSocketRefusal(start));
    } else browser.destroy();
    return null;
  }

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const client = clients.find(request.headers["proxy-authorization"]);
    if (!client) return refuseRequest(response, UNPROVEN);
    const url = parseAbsoluteForm(request.url ?? "");
    if (!url) return refuseRequest(response, refusal(new AppError("invalid_url")));
    try {
      const target = { hostname: url.hostname, port: Number(url.port || 80) };
      const site = await connect(target, client, "request");
      await forwardRequest({ request, response, url }, site, limits).finally(() => leave(client));
    } catch (error) {
      refuseRequest(response, refusal(error));
    }
  }

  const server = createServer({
    maxHeaderSize: limits.headerBytesMax,
    // An upload takes as long as it takes; its silence is what is bounded.
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: 60_000,
    insecureHTTPParser: true,
  });
  server.on("request", (request, response) => void answerRequest(request, response));
  server.on("connect", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    void answerTunnel(request, socket, head);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addClient: () => clients.add(),
    removeClient: (client) => clients.remove(client),
    whyRefused: ({ hostname, port }) => refused.get(`${hostname}:${port}`) ?? null,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Refusal {
  status: string;
  headers: Record<string, string>;
}

const UNPROVEN: Refusal = {
  status: "407 Proxy Authentication Required",
  headers: { "Proxy-Authenticate": 'Basic realm="qui"', "Content-Length": "0" },
};

function refusal(error: unknown): Refusal {
  const { code } = toEgressError(error, "connect");
  const { status } = ERRORS[code];
  // 400 would say that the browser is at fault, where the page is.
  const shown = status < 500 ? "403 Forbidden" : `${status} Refused`;
  return { status: shown, headers: { [REFUSAL_HEADER]: code, "Content-Length": "0" } };
}

function refuseTunnel(browser: Duplex, { status, headers }: Refusal): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  browser.end(`HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`);
}

function refuseRequest(response: ServerResponse, { status, headers }: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(Number.parseInt(status, 10), { ...headers, "Cache-Control": "no-store" });
  response.end();
}
