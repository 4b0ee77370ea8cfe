import { describe, expect, test } from "vitest";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";
import type { CompiledLists } from "#lib/node/trackers/compiled-list.ts";
import { createTrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";

const PAGE = "https://news.example.com/story";

function compile(...lists: { category: string; text: string }[]): CompiledLists {
  return {
    version: "test",
    lists: lists.map(({ category, text }, i) => {
      return { url: `list-${i}`, category, engine: compileFilterList(text) };
    }),
  };
}

describe("createTrackerMatcher without lists", () => {
  const { find } = createTrackerMatcher();

  test("knows trackers by who owns the host", () => {
    expect(find({ url: "https://www.google-analytics.com/analytics.js", type: "script" }, PAGE)).toEqual({
      name: "Google Analytics",
      category: "analytics",
      kind: "tracker",
    });
    expect(
      find({ url: "https://securepubads.g.doubleclick.net/tag.js", type: "script" }, PAGE)?.category,
    ).toBe("ad");
  });

  test("leaves libraries, fonts, videos and strangers alone", () => {
    for (const url of [
      "https://cdn.jsdelivr.net/npm/x.js",
      "https://fonts.googleapis.com/css",
      "https://i.ytimg.com/vi/x/hq.jpg",
      "https://static.unheard-of.example/x.js",
    ]) {
      expect(find({ url, type: "script" }, PAGE), url).toBeNull();
    }
  });

  test("a site's own scripts, and its owner's, are not third parties", () => {
    expect(find({ url: "https://cdn.example.com/analytics.js", type: "script" }, PAGE)).toBeNull();
    expect(
      find({ url: "https://connect.facebook.net/x.js", type: "script" }, "https://www.facebook.com/"),
    ).toBeNull();
  });

  test("a social network's widget is told from its pictures and its pixel", () => {
    const facebook = (url: string, type: "script" | "image" | "other") =>
      find({ url, type }, PAGE)?.kind ?? null;
    expect(facebook("https://connect.facebook.net/en_US/fbevents.js", "script")).toBe("social");
    expect(facebook("https://scontent.xx.fbcdn.net/v/photo.jpg", "image")).toBeNull();
    expect(facebook("https://www.facebook.com/tr?id=1&ev=PageView", "image")).toBe("tracker");
    expect(facebook("https://www.facebook.com/newspaper", "other")).toBeNull();
  });

  test("an address that cannot be parsed is no tracker", () => {
    expect(find({ url: "not an address", type: "script" }, PAGE)).toBeNull();
  });
});

describe("createTrackerMatcher with lists", () => {
  test("reports an unknown owner by its domain, under what the list is against", () => {
    const { find } = createTrackerMatcher(
      compile(
        { category: "ad", text: "||adserver.test^$third-party" },
        { category: "analytics", text: "||counter.test^\n/pixel.gif?" },
      ),
    );
    expect(find({ url: "https://eu.adserver.test/a.js", type: "script" }, PAGE)).toEqual({
      name: "adserver.test",
      category: "ad",
      kind: "tracker",
    });
    expect(find({ url: "https://counter.test/c.js", type: "script" }, PAGE)?.category).toBe("analytics");
    expect(find({ url: "https://img.other.test/pixel.gif?x=1", type: "image" }, PAGE)?.name).toBe(
      "other.test",
    );
    expect(find({ url: "https://img.other.test/photo.gif", type: "image" }, PAGE)).toBeNull();
  });

  test("an exception of one list overrules a block of another, in either order", () => {
    const block = { category: "ad", text: "||widget.test^" };
    const allow = { category: "analytics", text: "@@||widget.test^$domain=example.com" };
    for (const lists of [compile(block, allow), compile(allow, block)]) {
      const { find } = createTrackerMatcher(lists);
      expect(find({ url: "https://widget.test/w.js", type: "script" }, PAGE)).toBeNull();
      expect(find({ url: "https://widget.test/w.js", type: "script" }, "https://other.test/")).not.toBeNull();
    }
  });

  test("an exception spares even a known tracker", () => {
    const { find } = createTrackerMatcher(
      compile({
        category: "ad",
        text: "||google-analytics.com^\n@@||google-analytics.com^$domain=example.com",
      }),
    );
    expect(find({ url: "https://www.google-analytics.com/a.js", type: "script" }, PAGE)).toBeNull();
  });

  test("rules for one type of request do not match another", () => {
    const { find } = createTrackerMatcher(compile({ category: "ad", text: "||things.test^$script" }));
    expect(find({ url: "https://things.test/x", type: "script" }, PAGE)).not.toBeNull();
    expect(find({ url: "https://things.test/x", type: "image" }, PAGE)).toBeNull();
  });

  test("a counting script on a content network is reported as what the list has against it", () => {
    const { find } = createTrackerMatcher(
      compile({ category: "analytics", text: "||static.cloudflareinsights.com^" }),
    );
    expect(
      find({ url: "https://static.cloudflareinsights.com/beacon.min.js", type: "script" }, PAGE),
    ).toEqual({
      name: "Cloudflare",
      category: "analytics",
      kind: "tracker",
    });
  });
});
