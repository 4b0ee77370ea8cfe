import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetPlaces, keepPlace, keptPanels, takePlace } from "#lib/client/live/kept-places.ts";
import { mayHavePlaces } from "#lib/client/live/places-key.ts";
import { updateSession } from "#lib/client/store/browser-store.ts";
import { setEngine } from "#lib/core/space/navigation.ts";
import { openPanel } from "#lib/core/space/panels.ts";
import { createPagePanel } from "#lib/core/space/session.ts";

const PLACE = { socketUrl: "wss://live.example/live", resume: "key-1" };
const OTHER = { socketUrl: "wss://live.example/live", resume: "key-2" };
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  for (const id of ["one", "two", "secret", "read"]) {
    const panel = createPagePanel({ id, url: "https://site.example/", private: id === "secret" });
    updateSession((session) => openPanel(session, panel, { activate: true }));
    if (id !== "read") updateSession((session) => setEngine(session, id, "live"));
  }
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("a tab that waits is found once, by its own panel, for as long as a node keeps it", () => {
  expect(keepPlace("one", PLACE, 1_000)).toBe(true);
  expect(keepPlace("two", OTHER, 1_000)).toBe(true);
  expect(mayHavePlaces()).toBe(true);
  expect(keptPanels(2_000)).toEqual(["one", "two"]);
  expect(takePlace("one", 2_000)).toEqual(PLACE);
  expect(takePlace("one", 2_000)).toBeNull();
  expect(takePlace("two", 61_000)).toBeNull();
  // A newer key takes the place of the one before, which the node has let go.
  keepPlace("one", PLACE, 70_000);
  keepPlace("one", OTHER, 70_000);
  expect(takePlace("one", 70_001)).toEqual(OTHER);
  expect(mayHavePlaces()).toBe(false);
});

it("private pages, pages that are read now and tabs without a key are not to be found again", () => {
  expect(keepPlace("secret", PLACE, 0)).toBe(false);
  expect(keepPlace("read", PLACE, 0)).toBe(false);
  expect(keepPlace("closed", PLACE, 0)).toBe(false);
  expect(keepPlace("one", { ...PLACE, resume: "" }, 0)).toBe(false);
  expect(stored.size).toBe(0);
});

it("what is not a list of places is passed over, and storage that is off is lived without", () => {
  for (const text of ["no json", '{"panelId":"one"}', '[{"panelId":"one","socketUrl":"javascript:1"}]']) {
    stored.set("qui-live-places", text);
    expect(keptPanels(0)).toEqual([]);
  }
  vi.stubGlobal("sessionStorage", undefined);
  expect(keepPlace("one", PLACE, 0)).toBe(false);
  expect(takePlace("one", 0)).toBeNull();
  expect(mayHavePlaces()).toBe(false);
});

it("after the data of this window were deleted nothing leads back to its tabs", () => {
  keepPlace("one", PLACE, 0);
  forgetPlaces();
  expect(keptPanels(0)).toEqual([]);
  expect(keepPlace("one", PLACE, 0)).toBe(false);
});
