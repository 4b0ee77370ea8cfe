import "server-only";
import { getEnv } from "#lib/node/env.ts";

/** Where browsers that opened the app at this host reach its live node. */
export function socketUrlFor(host: string): string {
  const { QUI_LIVE_PUBLIC_URL, QUI_LIVE_PORT } = getEnv();
  if (QUI_LIVE_PUBLIC_URL) return `${QUI_LIVE_PUBLIC_URL.replace(/\/$/, "")}/live`;
  const url = new URL(`ws://${host}`);
  url.port = String(QUI_LIVE_PORT);
  url.pathname = "/live";
  return url.href;
}

/** For the policy of documents: what pages opened at this host may talk to besides us; none where live pages are off. */
export function liveOrigins(host: string): string[] {
  if (!getEnv().QUI_LIVE_URL) return [];
  const { origin, protocol, host: node } = new URL(socketUrlFor(host));
  return [origin === "null" ? `${protocol}//${node}` : origin, `${protocol.replace("ws", "http")}//${node}`];
}
