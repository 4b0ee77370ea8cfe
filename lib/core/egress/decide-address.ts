import ipaddr from "ipaddr.js";
import { type EgressPolicy, isAllowedPair } from "#lib/core/egress/egress-policy.ts";
import {
  NAT64_RANGE,
  PUBLIC_IPV6_RANGE,
  SPECIAL_IPV4_RANGES,
  SPECIAL_IPV6_RANGES,
} from "#lib/core/egress/special-ranges.ts";

export type AddressDecision =
  | { ok: true; address: string; family: 4 | 6 }
  | { ok: false; code: "blocked_address"; reason: string };

const ipv4Ranges = SPECIAL_IPV4_RANGES.map(([cidr, reason]) => ({
  range: ipaddr.IPv4.parseCIDR(cidr),
  reason,
}));
const ipv6Ranges = SPECIAL_IPV6_RANGES.map(([cidr, reason]) => ({
  range: ipaddr.IPv6.parseCIDR(cidr),
  reason,
}));
const publicIpv6 = ipaddr.IPv6.parseCIDR(PUBLIC_IPV6_RANGE);
const nat64 = ipaddr.IPv6.parseCIDR(NAT64_RANGE);

/**
 * Whether a connection for `target` may go to `address`, which is one answer of
 * the name's resolution or the address the URL spells out. Only public unicast
 * passes, unless the policy allows exactly this host and port.
 *
 * A NAT64 address passes when the IPv4 address inside it would and it came from
 * a lookup: that is how every IPv4 site looks in an IPv6-only network with DNS64.
 * All other transition forms (mapped, compatible, 6to4, Teredo, ISATAP) are
 * refused whatever they hold: no public site is published that way.
 *
 * @param address Canonical text; an odd spelling, a zone id or anything else is refused.
 */
export function decideAddress(
  address: string,
  target: { host: string; port: number },
  policy: EgressPolicy,
): AddressDecision {
  const parsed = parseAddress(address);
  if (!parsed) return refuse(`${address} is not an address`);
  const decision = {
    ok: true,
    address: parsed.toString(),
    family: parsed.kind() === "ipv4" ? 4 : 6,
  } as const;
  if (isAllowedPair(target, policy)) return decision;
  const reason =
    parsed instanceof ipaddr.IPv4 ? whyIpv4(parsed) : whyIpv6(parsed, { literal: target.host.includes(":") });
  return reason === null ? decision : refuse(`${address} is ${reason}`);
}

function refuse(reason: string): AddressDecision {
  return { ok: false, code: "blocked_address", reason };
}

function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (address.includes("%") || !ipaddr.IPv6.isValid(address)) return null;
  return ipaddr.IPv6.parse(address);
}

function whyIpv4(address: ipaddr.IPv4): string | null {
  return ipv4Ranges.find(({ range }) => address.match(range))?.reason ?? null;
}

function whyIpv6(address: ipaddr.IPv6, { literal }: { literal: boolean }): string | null {
  if (!literal && address.match(nat64)) {
    const inner = whyIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
    return inner === null ? null : `NAT64 of ${inner}`;
  }
  const special = ipv6Ranges.find(({ range }) => address.match(range));
  if (special) return special.reason;
  if (!address.match(publicIpv6)) return "reserved";
  // RFC 5214: the interface identifier ::0:5efe or ::200:5efe before an IPv4 address.
  const [, , , , high = 0, low = 0] = address.parts;
  if ((high === 0 || high === 0x200) && low === 0x5efe) return "ISATAP";
  return null;
}
