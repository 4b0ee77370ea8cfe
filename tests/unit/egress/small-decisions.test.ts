import { describe, expect, test } from "vitest";
import { orderAddresses } from "#lib/core/egress/order-addresses.ts";
import { createProgressMeter } from "#lib/core/egress/progress-meter.ts";
import { selectRequestHeaders, USER_AGENT } from "#lib/core/egress/select-request-headers.ts";

describe("request headers", () => {
  test("nothing that names a visitor or where they come from is ever sent", () => {
    const sent = selectRequestHeaders(
      {
        cookie: "id=1",
        authorization: "Bearer x",
        "proxy-authorization": "x",
        referer: "https://secret.example/",
        origin: "https://qui.example",
        host: "evil",
        "x-forwarded-for": "1.2.3.4",
        forwarded: "for=1.2.3.4",
        "user-agent": "mine",
        "transfer-encoding": "chunked",
        accept: "text/html",
        "accept-language": "de",
      },
      { sameOrigin: true },
    );
    expect(sent).toEqual({
      "user-agent": USER_AGENT,
      accept: "text/html",
      "accept-language": "de",
      "accept-encoding": "gzip, deflate, br, zstd",
      "sec-gpc": "1",
    });
  });

  test("validators go to their own origin and are dropped when a redirect leaves it", () => {
    const validators = {
      "if-none-match": '"a"',
      "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT",
      "if-range": '"a"',
    };
    expect(selectRequestHeaders(validators, { sameOrigin: true })).toMatchObject(validators);
    const elsewhere = selectRequestHeaders(validators, { sameOrigin: false });
    expect(Object.keys(elsewhere).filter((name) => name.startsWith("if-"))).toEqual([]);
  });

  test("a value that could begin another header line is left out", () => {
    for (const value of ["en\r\nx-evil: 1", "en\nx: 1", "en\0", "é"]) {
      const sent = selectRequestHeaders({ "accept-language": value }, { sameOrigin: true });
      expect(sent["accept-language"]).toBe("en");
    }
  });

  test("a range is asked for without content coding", () => {
    const sent = selectRequestHeaders({ range: "bytes=0-9" }, { sameOrigin: true });
    expect([sent.range, sent["accept-encoding"]]).toEqual(["bytes=0-9", "identity"]);
  });
});

test("addresses alternate between families, IPv6 first, each family in its own order", () => {
  const [a, b, c] = [1, 2, 3].map((id) => ({ id, family: 4 as const }));
  const [x, y] = [8, 9].map((id) => ({ id, family: 6 as const }));
  expect(orderAddresses([a, b, c, x, y] as never)).toEqual([x, a, y, b, c]);
  expect(orderAddresses([a, b] as never)).toEqual([a, b]);
});

describe("progress", () => {
  const bounds = { idleTimeoutMs: 1000, progressWindowMs: 3000, progressBytesMin: 100 };

  test("silence longer than the idle bound is a stall", () => {
    const meter = createProgressMeter(bounds);
    meter.waiting(0);
    expect(meter.isStalled(1000)).toBe(false);
    expect(meter.isStalled(1001)).toBe(true);
  });

  test("a drip that never adds up within a window is a stall", () => {
    const meter = createProgressMeter(bounds);
    for (let now = 0; now < 3000; now += 500) {
      meter.waiting(now);
      expect(meter.isStalled(now + 500)).toBe(false);
      meter.received(now + 500, 10);
    }
    meter.waiting(3000);
    expect(meter.isStalled(3001)).toBe(true);
  });

  test("enough bytes start a new window", () => {
    const meter = createProgressMeter(bounds);
    for (let now = 0; now < 60_000; now += 900) {
      meter.waiting(now);
      expect(meter.isStalled(now + 900)).toBe(false);
      meter.received(now + 900, 50);
    }
  });

  test("time in which the reader asks for nothing is not held against the origin", () => {
    const meter = createProgressMeter(bounds);
    meter.waiting(0);
    meter.received(10, 5);
    expect(meter.isStalled(1_000_000)).toBe(false);
    meter.waiting(1_000_000);
    expect(meter.isStalled(1_000_900)).toBe(false);
  });
});
