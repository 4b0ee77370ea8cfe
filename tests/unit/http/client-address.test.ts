import { describe, expect, it } from "vitest";
import {
  canonicalAddress,
  clientKey,
  isLoopback,
  isPublicUnicast,
  resolveClientAddress,
} from "#lib/core/http/client-address.ts";

describe("canonicalAddress", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    [" 192.0.2.7 ", "192.0.2.7"],
    ["192.0.2.7:49152", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:0207", "192.0.2.7"],
    ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"],
    ["[::ffff:192.0.2.7]:443", "192.0.2.7"],
    ["2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:8443", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
  ])("gives %s one spelling", (text, expected) => {
    expect(canonicalAddress(text)).toBe(expected);
  });

  it.each([
    "",
    "unknown",
    "_hidden",
    "0177.0.0.1",
    "0x7f.1",
    "127.1",
    "2130706433",
    "192.0.2.256",
    "192.0.2",
    "192.0.2.7.",
    "192.0.2.7.8",
    "192.0.2.07",
    "::ffff:192.0.2.256",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "192.0.2.7, 1.1.1.1",
    "::ffff:",
    "example.org",
  ])("takes %j for no address", (text) => {
    expect(canonicalAddress(text)).toBeNull();
  });
});

describe("clientKey", () => {
  it("keeps an IPv4 address whole", () => {
    expect(clientKey("192.0.2.7")).toBe("192.0.2.7");
  });

  it("keys every address of one /64 the same, and the next /64 differently", () => {
    expect(clientKey("2001:db8:1:2::1")).toBe("2001:db8:1:2::/64");
    expect(clientKey("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe("2001:db8:1:2::/64");
    expect(clientKey("2001:db8:1:3::1")).toBe("2001:db8:1:3::/64");
  });

  it("cannot be told apart by spelling an IPv4 address as IPv6", () => {
    const keys = ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207", "0:0:0:0:0:FFFF:c000:0207"].map(
      (text) => clientKey(canonicalAddress(text) ?? ""),
    );
    expect(new Set(keys)).toEqual(new Set(["192.0.2.7"]));
  });
});

describe("resolveClientAddress", () => {
  const peer = "198.51.100.1";

  it("ignores x-forwarded-for when no proxy is trusted", () => {
    expect(resolveClientAddress({ peer, forwardedFor: "192.0.2.1", trustedProxies: 0 })).toBe(peer);
  });

  it("takes what the one trusted proxy appended, not what the client wrote before it", () => {
    const forwardedFor = "10.0.0.1, 203.0.113.9, 192.0.2.5";
    expect(resolveClientAddress({ peer, forwardedFor, trustedProxies: 1 })).toBe("192.0.2.5");
  });

  it("counts further back for each further trusted proxy", () => {
    const forwardedFor = "6.6.6.6, 192.0.2.5, 203.0.113.9";
    expect(resolveClientAddress({ peer, forwardedFor, trustedProxies: 2 })).toBe("192.0.2.5");
  });

  it("falls back to the proxy's own address when its entry is unreadable", () => {
    expect(resolveClientAddress({ peer, forwardedFor: "1.1.1.1, unknown", trustedProxies: 1 })).toBe(peer);
  });

  it("uses the peer when a trusted proxy sent no header", () => {
    expect(resolveClientAddress({ peer, forwardedFor: null, trustedProxies: 1 })).toBe(peer);
  });

  it("reads only the end of an overlong header", () => {
    const forwardedFor = `${"9.9.9.9, ".repeat(5000)}192.0.2.5`;
    expect(resolveClientAddress({ peer, forwardedFor, trustedProxies: 1 })).toBe("192.0.2.5");
  });

  it("unwraps the peer of a dual-stack socket", () => {
    expect(resolveClientAddress({ peer: "::ffff:192.0.2.7", forwardedFor: null, trustedProxies: 0 })).toBe(
      "192.0.2.7",
    );
  });

  it("is null when nothing is known", () => {
    expect(resolveClientAddress({ peer: undefined, forwardedFor: "1.2.3.4", trustedProxies: 0 })).toBeNull();
  });
});

it("tells loopback and public addresses", () => {
  expect(["127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
  expect(["128.0.0.1", "::2", "10.0.0.1"].some(isLoopback)).toBe(false);
  expect(isPublicUnicast("8.8.8.8")).toBe(true);
  expect(
    ["10.1.2.3", "192.168.0.1", "172.17.0.1", "127.0.0.1", "::1", "fd00::1", "100.64.0.1"].some(
      isPublicUnicast,
    ),
  ).toBe(false);
});
