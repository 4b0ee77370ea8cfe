import { describe, expect, it } from "vitest";
import {
  createCachePolicy,
  decideCacheUse,
  isShareable,
  mayShowStale,
  retentionMs,
  STALE_KEPT_MS,
  variesOn,
} from "#lib/core/pages/decide-cache-use.ts";
import { decideOriginStatus } from "#lib/core/pages/decide-origin-status.ts";

const request = {
  url: "https://example.org/a",
  headers: { host: "example.org", "accept-language": "en" },
};

function policyFor(headers: Record<string, string>, ageSeconds = 0) {
  const date = new Date(Date.now() - ageSeconds * 1000).toUTCString();
  const age = ageSeconds > 0 ? { age: String(ageSeconds) } : {};
  return createCachePolicy(request, { status: 200, headers: { date, ...age, ...headers } });
}

function use(headers: Record<string, string>, ageSeconds = 0, mode: "default" | "reload" = "default") {
  return decideCacheUse({ policy: policyFor(headers, ageSeconds), redirected: false }, request, mode);
}

describe("decideCacheUse", () => {
  it("fetches when nothing is kept", () => {
    expect(decideCacheUse(null, request, "default")).toBe("fetch");
  });

  it("shows a fresh copy without asking", () => {
    expect(use({ "cache-control": "max-age=60" })).toBe("fresh");
  });

  it("asks the origin once the copy is stale", () => {
    expect(use({ "cache-control": "max-age=60", etag: '"1"' }, 61)).toBe("revalidate");
  });

  it("shows a stale copy within stale-while-revalidate and asks behind it", () => {
    expect(use({ "cache-control": "max-age=60, stale-while-revalidate=60" }, 90)).toBe("refresh-behind");
    expect(use({ "cache-control": "max-age=60, stale-while-revalidate=60" }, 130)).toBe("revalidate");
  });

  it("asks the origin when the visitor reloads", () => {
    expect(use({ "cache-control": "max-age=60" }, 0, "reload")).toBe("revalidate");
  });

  it("asks again for an address that redirected, whose own freshness is unknown", () => {
    const policy = policyFor({ "cache-control": "max-age=60" });
    expect(decideCacheUse({ policy, redirected: true }, request, "default")).toBe("revalidate");
  });

  it("does not show a copy made for another language", () => {
    const policy = policyFor({ "cache-control": "max-age=60", vary: "Accept-Language" });
    const german = { ...request, headers: { ...request.headers, "accept-language": "de" } };
    expect(decideCacheUse({ policy, redirected: false }, german, "default")).toBe("revalidate");
  });
});

describe("isShareable", () => {
  it.each([
    [{ "cache-control": "max-age=60" }, true],
    [{}, true],
    [{ "cache-control": "private" }, false],
    [{ "cache-control": "no-store" }, false],
    [{ vary: "*" }, false],
    [{ "set-cookie": "id=1" }, false],
    [{ "set-cookie": "id=1", "cache-control": "public, max-age=60" }, true],
  ])("judges %j as %s", (headers, expected) => {
    expect(isShareable(policyFor(headers as Record<string, string>))).toBe(expected);
  });
});

describe("stale copies", () => {
  it("are shown while the origin fails unless it forbade that", () => {
    expect(mayShowStale(policyFor({ "cache-control": "max-age=60" }))).toBe(true);
    for (const directive of ["must-revalidate", "proxy-revalidate", "no-cache"]) {
      expect(mayShowStale(policyFor({ "cache-control": `max-age=60, ${directive}` }))).toBe(false);
    }
  });

  it("are kept for a day after they stop being fresh, and never longer than a month and a day", () => {
    expect(retentionMs(policyFor({}))).toBe(STALE_KEPT_MS);
    expect(retentionMs(policyFor({ "cache-control": "max-age=31536000" }))).toBe(31 * STALE_KEPT_MS);
  });
});

it("names the headers an answer varies on, lower case and sorted", () => {
  expect(variesOn(policyFor({ vary: "Cookie, Accept-Language" }))).toEqual(["accept-language", "cookie"]);
  expect(variesOn(policyFor({}))).toEqual([]);
});

it.each([
  [200, null],
  [203, null],
  [404, "origin_not_found"],
  [410, "origin_not_found"],
  [401, "origin_forbidden"],
  [403, "origin_forbidden"],
  [429, "origin_forbidden"],
  [500, "origin_failed"],
  [503, "origin_failed"],
  [418, "bad_response"],
  [304, "bad_response"],
])("maps origin status %i to %s", (status, code) => {
  const decision = decideOriginStatus(status);
  expect(decision.show ? null : decision.code).toBe(code);
});
