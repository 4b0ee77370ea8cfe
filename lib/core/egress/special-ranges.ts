/**
 * Address blocks that never hold a public web page, with the reason a log line gives.
 *
 * Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890,
 * RFC 8190), the IANA IPv6 Global Unicast Address Assignments, and addresses
 * that cloud hosts answer on from within a virtual machine. Blocks that the
 * registries call globally reachable but that serve infrastructure (AS112, AMT,
 * anycast PCP and TURN) are listed too: no page lives there, and inside a
 * network they may be answered by that network's own machines.
 */
export const SPECIAL_IPV4_RANGES: readonly (readonly [cidr: string, reason: string])[] = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "carrier-grade NAT"],
  ["127.0.0.0/8", "loopback"],
  ["168.63.129.16/32", "cloud host service"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "IETF protocol assignment"],
  ["192.0.2.0/24", "documentation"],
  ["192.31.196.0/24", "AS112"],
  ["192.52.193.0/24", "AMT relay"],
  ["192.88.99.0/24", "6to4 relay"],
  ["192.168.0.0/16", "private"],
  ["192.175.48.0/24", "AS112"],
  ["198.18.0.0/15", "benchmarking"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
];

/** Where IANA assigns public unicast IPv6; everything outside is refused without being listed. */
export const PUBLIC_IPV6_RANGE = "2000::/3";

/** Blocks within `PUBLIC_IPV6_RANGE` that are special, and the best-known ones outside it for the sake of the log. */
export const SPECIAL_IPV6_RANGES: readonly (readonly [cidr: string, reason: string])[] = [
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::ffff:0:0/96", "IPv4-mapped"],
  ["::ffff:0:0:0/96", "IPv4-translated"],
  ["::/96", "IPv4-compatible"],
  ["64:ff9b::/96", "NAT64"],
  ["64:ff9b:1::/48", "local NAT64"],
  ["100::/64", "discard-only"],
  ["100:0:0:1::/64", "dummy prefix"],
  ["2001::/32", "Teredo"],
  ["2001:2::/48", "benchmarking"],
  ["2001:10::/28", "ORCHID"],
  ["2001:20::/28", "ORCHID"],
  ["2001::/23", "IETF protocol assignment"],
  ["2001:db8::/32", "documentation"],
  ["2002::/16", "6to4"],
  ["2620:4f:8000::/48", "AS112"],
  ["3ffe::/16", "former 6bone"],
  ["3fff::/20", "documentation"],
  ["5f00::/16", "segment routing"],
  ["fc00::/7", "unique local"],
  ["fe80::/10", "link-local"],
  ["fec0::/10", "site-local"],
  ["ff00::/8", "multicast"],
];

/** RFC 6052: the well-known prefix that DNS64 puts before public IPv4 addresses. */
export const NAT64_RANGE = "64:ff9b::/96";

/**
 * Names that only mean something inside a network (RFC 6761, RFC 6762, RFC 8375,
 * ICANN's reservation of `.internal`, and the names of SAC113 and RFC 6762
 * appendix G that routers and companies use): refused before they are looked up.
 */
export const LOCAL_NAME_SUFFIXES: readonly string[] = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "home.arpa",
  "lan",
];
