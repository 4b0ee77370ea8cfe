import type { IncomingMessage } from "node:http";
import { getEnv } from "#lib/node/env.ts";

/** Whether a page of this origin is the app, wherever it was opened from: one that was named, or the same host. */
export function isAppOrigin(origin: string, request: IncomingMessage): boolean {
  const { QUI_LIVE_ORIGINS } = getEnv();
  if (QUI_LIVE_ORIGINS.length > 0) return QUI_LIVE_ORIGINS.includes(origin);
  const hostname = URL.parse(origin)?.hostname;
  return hostname !== undefined && hostname === URL.parse(`http://${request.headers.host}`)?.hostname;
}
