import { describe, expect, it } from "vitest";
import { bucketOf, RATE_LIMITS, type RateLimitName } from "#lib/core/rate-limit/limits.ts";
import { rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";

const names = Object.keys(RATE_LIMITS) as RateLimitName[];

describe("the limits", () => {
  it("admit 5 requests a second and a burst on top for API routes", () => {
    expect(RATE_LIMITS.api.perSecond).toBe(5);
    expect(RATE_LIMITS.api.burst).toBeGreaterThan(RATE_LIMITS.api.perSecond);
    expect(RATE_LIMITS.pages.perSecond).toBe(5);
  });

  it("are stricter for what costs more", () => {
    expect(RATE_LIMITS["pages-cold"].perSecond).toBeLessThan(RATE_LIMITS.pages.perSecond);
    expect(RATE_LIMITS.search.perSecond).toBeLessThan(RATE_LIMITS["pages-cold"].perSecond);
  });

  it("let a session of twenty tabs be restored at once", () => {
    expect(RATE_LIMITS["pages-cold"].burst).toBeGreaterThanOrEqual(20);
  });

  it("let five pages of three hundred pictures load at once", () => {
    expect(RATE_LIMITS.media.burst).toBeGreaterThanOrEqual(5 * 300);
  });

  it("always admit something", () => {
    for (const name of names) {
      const bucket = bucketOf(name, 0.01);
      expect(bucket.capacity).toBeGreaterThanOrEqual(1);
      expect(bucket.refillPerSecond).toBeGreaterThan(0);
    }
  });

  it("scale in both numbers", () => {
    expect(bucketOf("api", 10)).toEqual({ capacity: 300, refillPerSecond: 50 });
  });
});

describe("the headers", () => {
  const state = { name: "pages", allowed: true, remaining: 39, retryAfterMs: 0, resetAfterMs: 200 } as const;

  it("tell the policy and what is left", () => {
    expect(rateLimitHeaders(state)).toEqual({
      "RateLimit-Policy": '"pages";q=40;w=8',
      RateLimit: '"pages";r=39;t=1',
    });
  });

  it("tell a refused client when to come back, in whole seconds rounded up", () => {
    expect(
      rateLimitHeaders({ ...state, allowed: false, remaining: 0, retryAfterMs: 1200, resetAfterMs: 8000 }),
    ).toEqual({
      "RateLimit-Policy": '"pages";q=40;w=8',
      RateLimit: '"pages";r=0;t=2',
      "Retry-After": "2",
    });
  });

  it("never tell a refused client to come back at once", () => {
    const headers = rateLimitHeaders({ ...state, allowed: false, retryAfterMs: 1 });
    expect(headers["Retry-After"]).toBe("1");
  });

  it.each(names)("are valid structured fields for %s", (name) => {
    const headers = rateLimitHeaders({ ...state, name });
    expect(headers["RateLimit-Policy"]).toMatch(/^"[a-z-]+";q=\d+;w=\d+$/);
    expect(headers.RateLimit).toMatch(/^"[a-z-]+";r=\d+;t=\d+$/);
  });
});
