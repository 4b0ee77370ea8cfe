import { afterEach, expect, it, vi } from "vitest";
import { eraseLiveProfile, isKnownToLivePages } from "#lib/client/library/live-profile.ts";

afterEach(() => vi.unstubAllGlobals());

function browser(cookie: string, answer: () => Promise<Response>) {
  const fetch = vi.fn(answer);
  vi.stubGlobal("document", { cookie });
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

it("asks nothing of the server for a browser that never opened a live page", async () => {
  const fetch = browser("qui-theme=dark; not-qui-live=1; qui-live=", async () => new Response());
  expect(isKnownToLivePages()).toBe(false);
  await eraseLiveProfile();
  expect(fetch).not.toHaveBeenCalled();
});

it("has the server erase what it keeps of one that did", async () => {
  const fetch = browser("qui-theme=dark; qui-live=1", async () => new Response(null, { status: 204 }));
  await eraseLiveProfile();
  expect(fetch.mock.calls).toMatchObject([["/api/live/profile", { method: "DELETE" }]]);
});

it("says so when the server did not confirm it", async () => {
  browser("qui-live=1", async () => new Response(null, { status: 503 }));
  await expect(eraseLiveProfile()).rejects.toThrow("503");
  browser("qui-live=1", () => Promise.reject(new TypeError("offline")));
  await expect(eraseLiveProfile()).rejects.toThrow("offline");
});
