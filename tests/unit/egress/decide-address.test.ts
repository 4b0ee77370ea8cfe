import { describe, expect, test } from "vitest";
import { decideAddress } from "#lib/core/egress/decide-address.ts";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";

const policy = createEgressPolicy({ ports: ["80", "443"], allow: [] });
const fromLookup = { host: "site.example.com", port: 443 };
const isPublic = (address: string) => decideAddress(address, fromLookup, policy).ok;

/** First and last address of each block that is not public, written out by hand from the IANA registries. */
const BLOCKED_V4: [first: string, last: string][] = [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["168.63.129.16", "168.63.129.16"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.31.196.0", "192.31.196.255"],
  ["192.52.193.0", "192.52.193.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["192.175.48.0", "192.175.48.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "255.255.255.255"],
];

/** Public stretches of IPv6; everything between and around them is not. */
const PUBLIC_V6: [first: string, last: string][] = [
  ["2000::", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db9::", "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2003::", "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff"],
  ["2620:4f:8001::", "3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

function v4ToNumber(text: string): number {
  return text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
}
function v4ToText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
function v6ToNumber(text: string): bigint {
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const middle = tail === undefined ? [] : Array(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].reduce((value, part) => value * 65_536n + BigInt(`0x${part}`), 0n);
}
function v6ToText(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(":");
}

describe("IPv4", () => {
  test.each(BLOCKED_V4)("refuses %s to %s and nothing next to it", (first, last) => {
    expect(isPublic(first)).toBe(false);
    expect(isPublic(last)).toBe(false);
    const within = (value: number) =>
      BLOCKED_V4.some(([low, high]) => value >= v4ToNumber(low) && value <= v4ToNumber(high));
    for (const beside of [v4ToNumber(first) - 1, v4ToNumber(last) + 1]) {
      if (beside < 0 || beside > 0xffff_ffff) continue;
      expect([v4ToText(beside), isPublic(v4ToText(beside))]).toEqual([v4ToText(beside), !within(beside)]);
    }
  });

  test("agrees with the registry on a sweep through the whole address space", () => {
    const wrong: string[] = [];
    for (let value = 0; value <= 0xffff_ffff; value += 65_521) {
      const expected = !BLOCKED_V4.some(
        ([low, high]) => value >= v4ToNumber(low) && value <= v4ToNumber(high),
      );
      if (isPublic(v4ToText(value)) !== expected) wrong.push(v4ToText(value));
    }
    expect(wrong).toEqual([]);
  });

  test("refuses the addresses cloud hosts keep their metadata on", () => {
    for (const address of [
      "169.254.169.254",
      "169.254.170.2",
      "100.100.100.200",
      "192.0.0.192",
      "168.63.129.16",
    ]) {
      expect([address, isPublic(address)]).toEqual([address, false]);
    }
  });

  test("accepts well-known public addresses", () => {
    for (const address of [
      "1.1.1.1",
      "8.8.8.8",
      "93.184.216.34",
      "172.15.255.255",
      "172.32.0.0",
      "223.255.255.255",
    ]) {
      expect([address, isPublic(address)]).toEqual([address, true]);
    }
  });
});

describe("IPv6", () => {
  test.each(PUBLIC_V6)("accepts %s to %s and refuses what is next to it", (first, last) => {
    expect([isPublic(first), isPublic(last)]).toEqual([true, true]);
    const [before, after] = [v6ToNumber(first) - 1n, v6ToNumber(last) + 1n];
    expect([v6ToText(before), isPublic(v6ToText(before))]).toEqual([v6ToText(before), false]);
    expect([v6ToText(after), isPublic(v6ToText(after))]).toEqual([v6ToText(after), false]);
  });

  test("agrees with the registry on every /16", () => {
    const wrong: string[] = [];
    for (let top = 0; top <= 0xffff; top += 1) {
      const address = `${top.toString(16)}:5555:5555::1`;
      const value = v6ToNumber(address);
      const expected = PUBLIC_V6.some(([low, high]) => value >= v6ToNumber(low) && value <= v6ToNumber(high));
      if (isPublic(address) !== expected) wrong.push(address);
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["::7f00:1", "IPv4-compatible"],
    ["::808:808", "IPv4-compatible"],
    ["::ffff:127.0.0.1", "IPv4-mapped"],
    ["::ffff:8.8.8.8", "IPv4-mapped"],
    ["::ffff:0:127.0.0.1", "IPv4-translated"],
    ["64:ff9b:1::7f00:1", "local NAT64"],
    ["64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "local NAT64"],
    ["100::1", "discard-only"],
    ["2001::1", "Teredo"],
    ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"],
    ["2001:2::1", "benchmarking"],
    ["2001:10::1", "ORCHID"],
    ["2001:20::1", "ORCHID"],
    ["2001:1::1", "IETF protocol assignment"],
    ["2001:db8::1", "documentation"],
    ["2002:7f00:1::", "6to4"],
    ["2002:808:808::", "6to4"],
    ["3fff::1", "documentation"],
    ["5f00::1", "segment routing"],
    ["fc00::1", "unique local"],
    ["fd00:ec2::254", "unique local"],
    ["fd20:ce::254", "unique local"],
    ["fe80::1", "link-local"],
    ["febf:ffff::1", "link-local"],
    ["fec0::1", "site-local"],
    ["ff02::1", "multicast"],
    ["4000::1", "reserved"],
    ["2a00:1450:4001:81a:0:5efe:a00:1", "ISATAP"],
    ["2a00:1450:4001:81a:200:5efe:7f00:1", "ISATAP"],
  ])("refuses %s as %s", (address, reason) => {
    expect(decideAddress(address, fromLookup, policy)).toEqual({
      ok: false,
      code: "blocked_address",
      reason: `${address} is ${reason}`,
    });
  });

  test("takes a NAT64 address from a lookup for the IPv4 address inside it", () => {
    expect(isPublic("64:ff9b::808:808")).toBe(true);
    expect(isPublic("64:ff9b::7f00:1")).toBe(false);
    expect(isPublic("64:ff9b::a9fe:a9fe")).toBe(false);
    expect(isPublic("64:ff9b::6464:64c8")).toBe(false);
  });

  test("refuses a NAT64 address that the URL itself spells out", () => {
    const target = { host: "64:ff9b::808:808", port: 443 };
    expect(decideAddress("64:ff9b::808:808", target, policy).ok).toBe(false);
  });
});

test("refuses what is not the canonical text of an address", () => {
  const odd = [
    "",
    "localhost",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "2130706433",
    "8.8.8.8.",
    " 8.8.8.8",
    "8.8.8.8/32",
  ];
  for (const text of [...odd, "fe80::1%eth0", "2a00::1%1", "[2a00::1]", "2a00::1::", "１.1.1.1"]) {
    expect([text, isPublic(text)]).toEqual([text, false]);
  }
});

test("lets a private address pass only for the exact host and port the policy names", () => {
  const open = createEgressPolicy({ ports: ["80"], allow: ["intranet.example:8080", "[::1]:3001"] });
  const decide = (address: string, host: string, port: number) =>
    decideAddress(address, { host, port }, open).ok;
  expect(decide("10.0.0.5", "intranet.example", 8080)).toBe(true);
  expect(decide("::1", "::1", 3001)).toBe(true);
  expect(decide("10.0.0.5", "intranet.example", 80)).toBe(false);
  expect(decide("10.0.0.5", "evil.intranet.example", 8080)).toBe(false);
  expect(decide("10.0.0.5", "evil.example", 8080)).toBe(false);
  expect(decide("::1", "evil.example", 3001)).toBe(false);
});
