import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { parseBearer } from "#lib/core/http/bearer.ts";
import { canonicalAddress, isLoopback } from "#lib/core/http/client-address.ts";
import { getRegistry } from "#lib/node/metrics/registry.ts";
import type { LiveRoute } from "#services/live/http/live-route.ts";
import type { LiveNode } from "#services/live/node/live-node.ts";
import { getProfileService } from "#services/live/profiles/profile-service.ts";

/** `GET /health`: whether the node takes tabs, and how many more. 503 while it cannot open any. */
export function healthRoute(node: LiveNode): LiveRoute {
  return {
    matches: (pathname) => pathname === "/health",
    answer(_request, response) {
      const { isUp, stopping, version, tabs, away, tabsMax, waiting, browsers, contexts } = node.status();
      response.writeHead(isUp ? 200 : 503, {
        "content-type": "application/json",
        "cache-control": "no-store",
      });
      response.end(
        JSON.stringify({
          status: isUp ? "ok" : stopping ? "stopping" : "no-browser",
          tabs,
          away,
          tabsMax,
          waiting,
          profiles: getProfileService() !== null,
          browsers,
          contexts,
          chromium: version,
          sandboxed: process.getuid?.() !== 0,
        }),
      );
    },
  };
}

/** `GET /metrics`, Prometheus text. Bearer `token`; this machine only while that is unset. */
export function metricsRoute(node: LiveNode, token: string | undefined): LiveRoute {
  return {
    matches: (pathname) => pathname === "/metrics",
    async answer(request, response) {
      if (!(token ? hasToken(request, token) : isLocal(request))) {
        response.writeHead(token ? 401 : 403).end();
        return;
      }
      node.status();
      const registry = getRegistry();
      response.writeHead(200, { "content-type": registry.contentType });
      response.end(await registry.metrics());
    },
  };
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = parseBearer(request.headers.authorization ?? null);
  // Digests, so that neither content nor length shows in the time taken.
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(token));
}

/** A proxy on this machine speaks for others. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = canonicalAddress(socket.remoteAddress ?? "");
  return address !== null && isLoopback(address) && headers["x-forwarded-for"] === undefined;
}
