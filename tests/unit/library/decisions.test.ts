import { describe, expect, it } from "vitest";
import { parseSiteSettings } from "#lib/client/store/site-settings-store.ts";
import type { BookmarkNode } from "#lib/core/library/bookmark.ts";
import { bookmarkRows, dropPlace, dropZone, stepBookmark } from "#lib/core/library/bookmark-rows.ts";
import { formatArrived, formatBytes } from "#lib/core/library/format-bytes.ts";
import { matchesWords } from "#lib/core/library/matches-words.ts";
import { topSites } from "#lib/core/library/top-sites.ts";

const link = (id: string, parentId: string | null, order: number): BookmarkNode => ({
  id,
  kind: "link",
  parentId,
  order,
  title: id,
  url: `https://${id}.example/`,
  icon: null,
  addedAt: 0,
});
const folder = (id: string, parentId: string | null, order: number): BookmarkNode => ({
  id,
  kind: "folder",
  parentId,
  order,
  title: id,
  addedAt: 0,
});

/** a, F (b, c), d */
const TREE = [
  link("a", null, 0),
  folder("F", null, 1),
  link("b", "F", 0),
  link("c", "F", 1),
  link("d", null, 2),
];
const target = (id: string): BookmarkNode => TREE.find((node) => node.id === id) as BookmarkNode;

describe("the list of bookmarks", () => {
  it("leaves out what lies in closed folders", () => {
    const names = (open: string[]) =>
      bookmarkRows(TREE, new Set(open)).map(({ node, depth }) => `${depth}${node.id}`);
    expect(names([])).toEqual(["0a", "0F", "0d"]);
    expect(names(["F"])).toEqual(["0a", "0F", "1b", "1c", "0d"]);
  });

  it("moves by steps among siblings, into the folder before, and out again", () => {
    expect(stepBookmark(TREE, "d", "up")).toEqual({ parentId: null, beforeId: "F" });
    expect(stepBookmark(TREE, "a", "down")).toEqual({ parentId: null, beforeId: "d" });
    expect(stepBookmark(TREE, "F", "down")).toEqual({ parentId: null, beforeId: null });
    expect(stepBookmark(TREE, "d", "in")).toEqual({ parentId: "F", beforeId: null });
    expect(stepBookmark(TREE, "b", "out")).toEqual({ parentId: null, beforeId: "d" });
  });

  it("does not step where there is no place", () => {
    expect(stepBookmark(TREE, "a", "up")).toBeNull();
    expect(stepBookmark(TREE, "d", "down")).toBeNull();
    expect(stepBookmark(TREE, "a", "out")).toBeNull();
    expect(stepBookmark(TREE, "c", "in")).toBeNull();
  });

  it("drops into the middle of folders and beside everything else", () => {
    expect([0.1, 0.5, 0.9].map((share) => dropZone(share, true))).toEqual(["before", "inside", "after"]);
    expect([0.4, 0.6].map((share) => dropZone(share, false))).toEqual(["before", "after"]);
    expect(dropPlace(TREE, target("F"), "inside")).toEqual({ parentId: "F", beforeId: null });
    expect(dropPlace(TREE, target("b"), "after")).toEqual({ parentId: "F", beforeId: "c" });
    expect(dropPlace(TREE, target("d"), "after")).toEqual({ parentId: null, beforeId: null });
  });
});

it("top sites sum their pages and are entered by the best of them", () => {
  const visited = (url: string, visitCount: number) => ({
    url,
    title: url,
    icon: null,
    visitCount,
    typedCount: 0,
    lastVisitedAt: 1000,
  });
  const sites = topSites(
    [
      visited("https://one.example/", 6),
      visited("https://www.two.example/a", 5),
      visited("https://two.example/b", 4),
      visited("ftp://three.example/", 99),
    ],
    1000,
    5,
  );
  expect(sites.map(({ host, url }) => [host, url])).toEqual([
    ["two.example", "https://www.two.example/a"],
    ["one.example", "https://one.example/"],
  ]);
});

it("sizes are written in decimal units", () => {
  expect([0, 1, 999, 1000, 1549, 12_345, 999_600, 5e9].map(formatBytes)).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1.0 kB",
    "1.5 kB",
    "12 kB",
    "1.0 MB",
    "5.0 GB",
  ]);
  expect(formatArrived({ receivedBytes: 1_200_000, totalBytes: 3_000_000 })).toBe("1.2 MB of 3.0 MB");
  expect(formatArrived({ receivedBytes: 1_200_000, totalBytes: 0 })).toBe("1.2 MB");
});

it("a search finds every word in any order, case and accent", () => {
  expect(matchesWords("cafe PARIS", "Paris: Le Café https://x.example")).toBe(true);
  expect(matchesWords("cafe london", "Paris: Le Café")).toBe(false);
  expect(matchesWords("", "anything")).toBe(true);
});

it("damaged or foreign settings of sites are left out", () => {
  expect(parseSiteSettings("{")).toEqual([]);
  expect(
    parseSiteSettings(
      '[{"host":"a.example","zoom":99,"images":"no","trackerLevel":"strict"},{"zoom":1},null]',
    ),
  ).toEqual([{ host: "a.example", trackerLevel: "strict", zoom: null, images: null, engine: null }]);
});
