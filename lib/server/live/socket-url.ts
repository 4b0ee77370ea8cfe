import "server-only";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";
import { getHttpServices } from "#lib/server/http/services.ts";
import { knownLiveNodes } from "#lib/server/live/live-nodes.ts";

/** Of a policy, which is a header that every document carries. */
const ORIGINS_MAX = 32;
/** What may stand in a policy: a scheme, a host or an address, a port. */
const ORIGIN = /^(?:ws|http)s?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

type NodeAddress = Pick<LiveNodeEntry, "publicUrl" | "port">;

/** Where browsers that opened the app at this host reach a node. */
export function socketUrlFor(host: string, { publicUrl, port }: NodeAddress): string {
  if (publicUrl) return `${publicUrl.replace(/\/$/, "")}/live`;
  // Claimed by the client: what is no host gets an address that leads nowhere else.
  const url = URL.parse(`ws://${host}`) ?? new URL("ws://localhost");
  url.port = String(port);
  url.pathname = "/live";
  return url.href;
}

/**
 * For the policy of documents: what pages opened at this host may talk to besides
 * us; none where live pages are off. The node that the settings name is always
 * among them, those of the list as far as they are known; never waits for them. A
 * page opened before a node's address was first seen cannot reach it until it is
 * opened again: see docs/adr/0110 for how to give nodes one address.
 */
export async function liveOrigins(host: string): Promise<string[]> {
  const { env } = getHttpServices();
  const addresses: NodeAddress[] = [];
  if (env.QUI_LIVE_URL || env.QUI_LIVE_PUBLIC_URL) {
    addresses.push({ publicUrl: env.QUI_LIVE_PUBLIC_URL ?? null, port: env.QUI_LIVE_PORT });
  }
  if (env.QUI_LIVE_URL || env.REDIS_URL || env.UPSTASH_REDIS_REST_URL) {
    addresses.push(...(await knownLiveNodes()));
  }
  const origins = addresses.flatMap((address) => originsOf(socketUrlFor(host, address)));
  return [...new Set(origins)].slice(0, ORIGINS_MAX);
}

/** The socket, and the same node over HTTP, where files are fetched from and sent to. */
function originsOf(socketUrl: string): string[] {
  const { protocol, host } = new URL(socketUrl);
  return [`${protocol}//${host}`, `${protocol.replace("ws", "http")}//${host}`].filter((origin) =>
    ORIGIN.test(origin),
  );
}
