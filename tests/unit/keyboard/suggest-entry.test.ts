import { describe, expect, it } from "vitest";
import { completeWords, createWordIndex, EMPTY_WORDS } from "#lib/core/keyboard/complete-words.ts";
import { suggestEntry } from "#lib/core/keyboard/suggest-entry.ts";
import { createEditedText, editText } from "#lib/core/keyboard/text-edit.ts";
import type { OmniboxSources } from "#lib/core/omnibox/sources.ts";

const NOW = Date.UTC(2026, 10, 21);
const words = createWordIndex([
  "The metronome, the Metropolis and the metre. Metronome!",
  "Über Überraschungen; l’été arrive aujourd’hui; метро и метроном",
]);
const sources: OmniboxSources = {
  history: [
    {
      url: "https://example.org/metro",
      title: "Metro maps",
      icon: null,
      visitCount: 9,
      typedCount: 4,
      lastVisitedAt: NOW - 1000,
    },
  ],
  bookmarks: [],
  panels: [],
  commands: [],
};
const suggestFor = (text: string, change: Partial<Parameters<typeof suggestEntry>[1]> = {}) =>
  suggestEntry(createEditedText(text, "end"), {
    purpose: "omnibox",
    words,
    sources,
    now: NOW,
    mayComplete: true,
    ...change,
  });

describe("words", () => {
  it("are completed, the commonest first, keeping the letters typed", () => {
    expect(completeWords(words, "met", 5)).toEqual(["metronome", "metre", "metropolis"]);
    expect(completeWords(words, "Met", 1)).toEqual(["Metronome"]);
  });

  it("are known in every script, with their apostrophes", () => {
    expect(completeWords(words, "мет", 5)).toEqual(["метро", "метроном"]);
    expect(completeWords(words, "aujour", 5)).toEqual(["aujourd’hui"]);
    expect(completeWords(words, "über", 5)).toEqual(["überraschungen"]);
  });

  it("are not guessed from one letter, nor repeated when they are complete", () => {
    expect(completeWords(words, "m", 5)).toEqual([]);
    expect(completeWords(words, "metre", 5)).toEqual([]);
    expect(completeWords(EMPTY_WORDS, "met", 5)).toEqual([]);
  });
});

describe("the row above the keys", () => {
  it("begins with what Enter does to an address, and finishes it", () => {
    expect(suggestFor("exam")[0]).toMatchObject({
      kind: "row",
      detail: expect.stringContaining("Open"),
      row: { url: "https://example.org/" },
    });
    expect(suggestFor("a question about metros")[0]).toMatchObject({ kind: "row", detail: "Search" });
  });

  it("offers pages of the history, and one word of the page to a search", () => {
    expect(suggestFor("metro").map(({ kind }) => kind)).not.toContain("word");
    expect(suggestFor("metro").some((item) => item.kind === "row" && item.label === "Metro maps")).toBe(true);
    expect(suggestFor("the metr").at(-1)).toEqual({ kind: "word", label: "metronome", detail: "" });
  });

  it("offers words of the page alone where text is looked for", () => {
    expect(suggestFor("metr", { purpose: "find", sources: null })).toEqual([
      { kind: "word", label: "metronome", detail: "" },
      { kind: "word", label: "metre", detail: "" },
      { kind: "word", label: "metropolis", detail: "" },
    ]);
  });

  it("offers candidates while kana are typed", () => {
    let edited = createEditedText("", "end");
    for (const text of "neko")
      edited = editText(edited, { type: "insert", text }, { timeMs: 0, composes: true });
    const row = suggestEntry(edited, { purpose: "omnibox", words, sources, now: NOW, mayComplete: true });
    expect(row.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      "candidate ねこ",
      "candidate ネコ",
      "candidate neko",
    ]);
  });

  it("never holds more than fits", () => {
    for (const text of ["", "m", "metro", "the metr", "> "])
      expect(suggestFor(text).length).toBeLessThanOrEqual(4);
  });
});
