import "server-only";
import { canonicalAddress, clientKey } from "#lib/core/http/client-address.ts";
import { getEnv } from "#lib/node/env.ts";
import { DOOR_HEADER, readStamp } from "#lib/server/http/door.ts";

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
}

const UNKNOWN: Client = { key: "unknown", address: null, local: false, shared: true };

/**
 * Reads only evidence that the client cannot forge: what the door stamped on the
 * request, or, on Vercel, the header its edge sets itself.
 */
export function identifyClient(headers: Headers): Client {
  const stamp = readStamp(headers.get(DOOR_HEADER));
  if (stamp) {
    if (!stamp.address) return UNKNOWN;
    return {
      key: clientKey(stamp.address),
      address: stamp.address,
      local: stamp.local,
      shared: stamp.shared,
    };
  }
  if (!getEnv().VERCEL) return UNKNOWN;
  const claimed = headers.get("x-vercel-forwarded-for") ?? headers.get("x-real-ip") ?? "";
  const address = canonicalAddress(claimed.split(",")[0] ?? "");
  return address ? { key: clientKey(address), address, local: false, shared: false } : UNKNOWN;
}
