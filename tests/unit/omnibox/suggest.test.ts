import { describe, expect, it } from "vitest";
import { completeInline } from "#lib/core/omnibox/complete-inline.ts";
import { frecency } from "#lib/core/omnibox/frecency.ts";
import { matchLetters, matchWords } from "#lib/core/omnibox/match-text.ts";
import type { HistoryEntry, OmniboxSources } from "#lib/core/omnibox/sources.ts";
import { suggest } from "#lib/core/omnibox/suggest.ts";
import { actionLabel } from "#lib/core/omnibox/suggestion.ts";

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

function visited(url: string, title: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return { url, title, icon: null, visitCount: 1, typedCount: 0, lastVisitedAt: NOW - DAY, ...more };
}

const sources: OmniboxSources = {
  history: [
    visited("https://www.wikipedia.org/", "Wikipedia", { visitCount: 20, typedCount: 5 }),
    visited("https://en.wikipedia.org/wiki/Lighthouse", "Lighthouse – Wikipedia", { visitCount: 3 }),
    visited("https://news.example.com/a", "Morning news", { visitCount: 2, lastVisitedAt: NOW - 300 * DAY }),
  ],
  bookmarks: [{ url: "https://developer.mozilla.org/", title: "MDN Web Docs", icon: null, folder: "" }],
  panels: [
    {
      id: "p1",
      url: "https://en.wikipedia.org/wiki/Lighthouse",
      title: "Lighthouse – Wikipedia",
      icon: null,
    },
  ],
  commands: [
    { id: "split.right", title: "Split right", aliases: ["side by side"], shortcut: "Ctrl+\\" },
    { id: "tab.close", title: "Close tab", aliases: [], shortcut: null },
    { id: "settings.open", title: "Settings…", aliases: ["preferences"], shortcut: null },
  ],
};

const ask = (text: string, mayComplete = true) => suggest(text, sources, { now: NOW, mayComplete });

describe("what Enter does", () => {
  it.each([
    ["example.org", "address", "https://example.org/"],
    ["http://10.0.0.1:8080/x", "address", "http://10.0.0.1:8080/x"],
    ["how tall is a lighthouse", "search", "?how tall is a lighthouse"],
    ["?example.org", "search", "?example.org"],
  ])("%s → %s %s", (text, kind, url) => {
    expect(ask(text).rows[0]).toMatchObject({ kind, url });
  });

  it("finishes a known host and opens it", () => {
    const { rows, completion } = ask("wik");
    expect(completion).toEqual({ url: "https://www.wikipedia.org/", tail: "ipedia.org/" });
    expect(rows[0]).toMatchObject({ kind: "address", url: "https://www.wikipedia.org/", title: "Wikipedia" });
  });

  it("does not finish what was just deleted", () => {
    expect(ask("wik", false).completion).toBeNull();
    expect(ask("wik", false).rows[0]).toMatchObject({ kind: "search", url: "?wik" });
  });

  it("runs a command that is named exactly, and still offers the search", () => {
    const { rows } = ask("Split Right");
    expect(rows.slice(0, 2)).toMatchObject([
      { kind: "command", commandId: "split.right" },
      { kind: "search" },
    ]);
    expect(ask("settings").rows[0]).toMatchObject({ commandId: "settings.open" });
    expect(ask("side by side").rows[0]).toMatchObject({ commandId: "split.right" });
  });

  it("lists only commands after >", () => {
    expect(ask(">").rows.map((row) => row.title)).toEqual(["Split right", "Close tab", "Settings…"]);
    expect(ask(">clt").rows).toMatchObject([{ commandId: "tab.close" }]);
    expect(ask(">nothing like it").rows).toMatchObject([
      { kind: "refused", title: "No command has this name" },
    ]);
  });

  it("refuses an address of another scheme and says so, rather than sending it to a search", () => {
    expect(ask("javascript:alert(1)").rows[0]).toMatchObject({
      kind: "refused",
      title: "Qui does not open javascript: addresses",
    });
    expect(ask("javascript:alert(1)").rows.some((row) => row.kind === "search")).toBe(false);
  });

  it("offers to search for text that is also an address", () => {
    expect(ask("example.org").rows.some((row) => row.kind === "search" && row.url === "?example.org")).toBe(
      true,
    );
  });

  it("names the action of every row", () => {
    expect(ask("lighthouse").rows.map(actionLabel).sort()).toEqual(["Open", "Search", "Switch to tab"]);
  });
});

describe("finding", () => {
  it("offers the open tab and the address as two different things, each once", () => {
    const rows = ask("lighthouse").rows;
    expect(rows.filter((row) => row.kind === "panel")).toHaveLength(1);
    expect(rows.filter((row) => row.kind === "history")).toHaveLength(1);
  });

  it("finds by words of title and address together, in any order and without accents", () => {
    const history = [visited("https://cafe.example/paris", "Où boire un café", {})];
    const found = suggest("paris boire", { ...sources, history }, { now: NOW, mayComplete: false });
    expect(found.rows.some((row) => row.kind === "history")).toBe(true);
    expect(matchWords(["cafe"], "Où boire un café")?.spans).toEqual([[12, 16]]);
  });

  it("ranks what is used above what was seen once long ago", () => {
    expect(frecency(sources.history[0] as HistoryEntry, NOW)).toBeGreaterThan(
      10 * frecency(sources.history[2] as HistoryEntry, NOW),
    );
    expect(ask("").rows.map((row) => row.title)).toEqual([
      "Wikipedia",
      "Lighthouse – Wikipedia",
      "Morning news",
    ]);
  });

  it("keeps to the limit", () => {
    const history = Array.from({ length: 500 }, (_, n) => visited(`https://site${n}.example/`, `Site ${n}`));
    expect(suggest("site", { ...sources, history }, { now: NOW, mayComplete: true }).rows).toHaveLength(8);
  });

  it("matches letters with gaps only where they start words or run on", () => {
    expect(matchLetters("spr", "Split right")?.spans).toEqual([
      [0, 2],
      [6, 7],
    ]);
    expect(matchLetters("lgt", "Split right")).toBeNull();
  });
});

describe("finishing an address", () => {
  it("goes as far as the host, then as far as one page", () => {
    expect(completeInline("en.w", sources, NOW)).toEqual({
      url: "https://en.wikipedia.org/",
      tail: "ikipedia.org/",
    });
    expect(completeInline("en.wikipedia.org/wiki/l", sources, NOW)?.url).toBe(
      "https://en.wikipedia.org/wiki/Lighthouse",
    );
    expect(completeInline("https://developer.m", sources, NOW)?.tail).toBe("ozilla.org/");
  });

  it.each(["", "en wiki", "?en", ">en", "news.e", "unknown"])("leaves %j alone", (text) => {
    expect(completeInline(text, sources, NOW)).toBeNull();
  });
});
