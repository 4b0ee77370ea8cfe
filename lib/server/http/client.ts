import "server-only";
import { classifyTarget, type ProbeKind } from "#lib/core/abuse/classify-target.ts";
import { canonicalAddress, clientKey } from "#lib/core/http/client-address.ts";
import { getEnv } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import { DOOR_HEADER, isDoorOpen, readStamp } from "#lib/server/http/door.ts";

/** Who sent a request, as far as the network tells. */
export interface Client {
  /** What limits and blocks are keyed on: an IPv4 address, an IPv6 /64, or `unknown`. */
  key: string;
  /** Canonical address; null when nothing trustworthy names it. */
  address: string | null;
  /** This machine itself, talking to us without a proxy in between. */
  local: boolean;
  /** Behind an address that many people seem to share; blocking it would block them all. */
  shared: boolean;
  /** What the request line looked like before anyone normalised it. */
  probe: ProbeKind | null;
}

const UNKNOWN = { key: "unknown", address: null, local: false, shared: true } as const;

/**
 * Reads only evidence that the client cannot forge: what the door stamped on the
 * request, or, on Vercel, the header its edge sets itself.
 */
export function identifyClient(request: { headers: Headers; method: string; url: string }): Client {
  const { headers, method, url } = request;
  const stamp = readStamp(headers.get(DOOR_HEADER));
  if (stamp) {
    const { address, local, shared, probe } = stamp;
    return address ? { key: clientKey(address), address, local, shared, probe } : { ...UNKNOWN, probe };
  }
  const probe = classifyTarget(method, url.slice(url.indexOf("/", url.indexOf("://") + 3)));
  if (!getEnv().VERCEL) {
    // A request that came before the door opened has no stamp either; that passes by itself.
    if (!isDoorOpen()) warnOnce();
    return { ...UNKNOWN, probe };
  }
  const claimed = headers.get("x-vercel-forwarded-for") ?? headers.get("x-real-ip") ?? "";
  const address = canonicalAddress(claimed.split(",")[0] ?? "");
  if (!address) return { ...UNKNOWN, probe };
  return { key: clientKey(address), address, local: false, shared: false, probe };
}

let warned = false;

function warnOnce(): void {
  if (warned) return;
  warned = true;
  getLog().warn("the door is not open: clients cannot be told apart, and all share one limit");
}
