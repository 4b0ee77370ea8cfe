import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { proxyBytes } from "#lib/node/metrics/forward-proxy-metrics.ts";

/** The answer that makes a connection a tunnel. */
export const TUNNEL_ACCEPTED = "HTTP/1.1 200 Connection established\r\n\r\n";

/**
 * Joins a browser's connection to a site's until either ends or both have been
 * silent for too long. Bytes wait in the slower one, never in memory. Whoever
 * calls has accepted the tunnel.
 * @param head What the browser sent so far.
 */
export function forwardTunnel(
  browser: Duplex,
  site: Socket,
  { head, idleTimeoutMs, onEnd }: { head: Buffer; idleTimeoutMs: number; onEnd(): void },
): void {
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    browser.destroy();
    site.destroy();
    proxyBytes.inc({ direction: "in" }, site.bytesRead);
    proxyBytes.inc({ direction: "out" }, site.bytesWritten);
    onEnd();
  };
  // Traffic either way touches the site's socket, so one clock watches both.
  site.setTimeout(idleTimeoutMs, end);
  for (const socket of [browser, site]) socket.on("error", end).on("close", end);
  if (browser.destroyed || site.destroyed) {
    end();
    return;
  }
  if (head.length > 0) site.write(head);
  browser.pipe(site);
  site.pipe(browser);
}
