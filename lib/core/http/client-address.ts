import ipaddr from "ipaddr.js";

/** Longest tail of `x-forwarded-for` that is read: eight hops of the longest IPv6 spelling fit well inside. */
const FORWARDED_LENGTH_MAX = 1024;

/** Four decimal parts without leading zeros. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6_LIKE = /^[0-9a-f:.]{2,45}$/i;

/**
 * One spelling per address: ports, brackets and zone ids removed, IPv6 compressed
 * and lower-cased, IPv4-mapped IPv6 unwrapped to IPv4, so that one client cannot
 * appear as several (CVE-2026-45364). Null when the text is no address; the odd
 * IPv4 spellings (octal, hex, short) count as none.
 */
export function canonicalAddress(text: string): string | null {
  let address = text.trim();
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(address);
  if (bracketed?.[1]) address = bracketed[1];
  else if (/^[\d.]+:\d{1,5}$/.test(address)) address = address.slice(0, address.indexOf(":"));
  const zone = address.indexOf("%");
  if (zone >= 0) address = address.slice(0, zone);

  // What nearly every socket says, without the cost of a parser that reports by throwing.
  if (/^::ffff:\d/i.test(address)) address = address.slice(7);
  if (IPV4.test(address)) return address;
  if (!IPV6_LIKE.test(address) || !ipaddr.IPv6.isValid(address)) return null;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : parsed.toString();
}

/**
 * What limits and blocks are keyed on: an IPv4 address, or the /64 of an IPv6
 * address, which is what one household or server is given. Expects a canonical address.
 */
export function clientKey(address: string): string {
  if (!address.includes(":")) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(":")}::/64`;
}

export interface AddressEvidence {
  /** The socket's remote address. */
  peer: string | null | undefined;
  /** `x-forwarded-for` as it arrived, lines joined by commas. */
  forwardedFor: string | null | undefined;
  /** How many of our own proxies stand in front; each appends the address it saw. */
  trustedProxies: number;
}

/**
 * The client's canonical address. Counted from the right of
 * `x-forwarded-for, peer`, because only what our own proxies appended is true:
 * with no trusted proxy the header is ignored altogether. An unreadable entry
 * falls back to the next one on the right. Null when nothing is readable.
 */
export function resolveClientAddress({ peer, forwardedFor, trustedProxies }: AddressEvidence): string | null {
  const chain = [peer ?? ""];
  if (trustedProxies > 0 && forwardedFor) {
    chain.unshift(...forwardedFor.slice(-FORWARDED_LENGTH_MAX).split(","));
  }
  for (let at = Math.max(0, chain.length - 1 - trustedProxies); at < chain.length; at++) {
    const address = canonicalAddress(chain[at] ?? "");
    if (address) return address;
  }
  return null;
}

export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** Whether the address is reachable from the Internet at large, that is, not private, local or reserved. */
export function isPublicUnicast(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}
