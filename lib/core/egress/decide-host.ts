import ipaddr from "ipaddr.js";
import { decideAddress } from "#lib/core/egress/decide-address.ts";
import { type EgressPolicy, isAllowedPair } from "#lib/core/egress/egress-policy.ts";
import { LOCAL_NAME_SUFFIXES } from "#lib/core/egress/special-ranges.ts";

export type HostDecision =
  | {
      ok: true;
      /** Lower case, no trailing dot, IPv6 without brackets. */
      host: string;
      port: number;
      /** The host spells an address out, which passed `decideAddress`: there is nothing to look up. */
      literal: boolean;
      /** The policy names this pair, so a private address is no reason to refuse. */
      allowed: boolean;
    }
  | { ok: false; code: "invalid_url" | "blocked_address" | "blocked_port"; reason: string };

/**
 * Whether page traffic may go to a host and port, before any lookup. `decideUrl`
 * and a forward proxy's `CONNECT host:port` both end here.
 *
 * @param hostname As the WHATWG URL parser gives it, which has already turned
 *   decimal, octal, hexadecimal, short, percent-encoded and full-width spellings
 *   into the address they mean; IPv6 with or without brackets.
 */
export function decideHost(
  { hostname, port }: { hostname: string; port: number },
  policy: EgressPolicy,
): HostDecision {
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname.replace(/\.$/, "");
  const target = { host, port };
  const allowed = isAllowedPair(target, policy);
  if (!allowed && !policy.ports.has(port)) {
    return { ok: false, code: "blocked_port", reason: `port ${port} is not open to pages` };
  }
  if (host.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(host)) {
    const decision = decideAddress(host, target, policy);
    return decision.ok ? { ok: true, host, port, literal: true, allowed } : decision;
  }
  const reason = allowed ? null : whyName(host);
  if (!isHostName(host)) return { ok: false, code: "invalid_url", reason: "not a host name" };
  if (reason) return { ok: false, code: "blocked_address", reason: `the host is ${reason}` };
  return { ok: true, host, port, literal: false, allowed };
}

/**
 * Letters, digits, hyphens and the underscores that some sites use, in labels of
 * at most 63 (RFC 1035). A last label that reads as a number makes an address in
 * an odd spelling (WHATWG URL §3.5), should a caller not have parsed it.
 */
function isHostName(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  if (host.length > 253 || /^(\d+|0x[0-9a-f]*)$/.test(last)) return false;
  return labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
}

function whyName(host: string): string | null {
  if (!host.includes(".")) return "a name without a domain";
  const suffix = LOCAL_NAME_SUFFIXES.find((local) => host.endsWith(`.${local}`) || host === local);
  return suffix ? `a local name (.${suffix})` : null;
}
