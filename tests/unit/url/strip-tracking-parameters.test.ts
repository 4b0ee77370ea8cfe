import { describe, expect, test } from "vitest";
import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";

describe("stripTrackingParameters", () => {
  test.each([
    ["https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a", 2],
    ["https://example.com/a?id=7&fbclid=abc&page=2", "https://example.com/a?id=7&page=2", 1],
    ["https://example.com/?UTM_Source=x&Gclid=1", "https://example.com/", 2],
    ["https://example.com/?utm%5Fsource=x", "https://example.com/", 1],
    ["https://example.com/?q=1&amp;utm_source=x", "https://example.com/?q=1", 1],
    ["https://example.com/?gclid=1#part", "https://example.com/#part", 1],
    ["https://example.com/#xtor=RSS-1", "https://example.com/", 1],
    ["https://www.youtube.com/watch?v=abc&si=xyz&t=10", "https://www.youtube.com/watch?v=abc&t=10", 1],
    ["https://www.amazon.co.uk/dp/B0?th=1&qid=17&sr=8-1&ref=x", "https://www.amazon.co.uk/dp/B0?th=1", 3],
    ["https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1", 2],
  ])("%s loses its tracking", (url, expected, stripped) => {
    expect(stripTrackingParameters(url)).toEqual({ url: expected, stripped });
    expect(stripTrackingParameters(expected)).toEqual({ url: expected, stripped: 0 });
  });

  test.each([
    "https://example.com/",
    "https://example.com/?ref=main&source=rss&id=1&s=shirts&t=10&tag=a&cid=5&si=1",
    "https://example.com/?a=%20b+c&d&=e&&f=%ZZ",
    "https://example.com/#/route?utm_source=x",
    "https://example.com/#utm-codes-explained",
    "https://example.com/utm_source=x/",
    "https://notyoutube.com/watch?si=xyz",
    "mailto:a@example.com?utm_source=x",
    "#note",
    "not an address",
  ])("%s is left byte for byte", (url) => {
    expect(stripTrackingParameters(url)).toEqual({ url, stripped: 0 });
  });

  test("affiliate click ids go only at the strict level", () => {
    const url = "https://shop.example.com/p?id=3&irclickid=abc&awc=1_2";
    expect(stripTrackingParameters(url).stripped).toBe(0);
    expect(stripTrackingParameters(url, "strict")).toEqual({
      url: "https://shop.example.com/p?id=3",
      stripped: 2,
    });
  });
});
