import { describe, expect, it } from "vitest";
import { describePanel, type PanelShown } from "#lib/core/room-ui/describe-panel.ts";
import { createPagePanel } from "#lib/core/space/session.ts";
import type { Page } from "#lib/protocol/pages.ts";

const panel = createPagePanel({ id: "a", url: "https://www.example.org/story", title: "物語" });
const page = (change: { cache?: Page["cache"]; count?: number } = {}) =>
  ({ cache: change.cache ?? "miss", trackers: { count: change.count ?? 0 } }) as Page;
const shown = (view: PanelShown["view"], more: Partial<PanelShown> = {}): PanelShown => ({
  view,
  load: null,
  stopped: false,
  ...more,
});

describe("describePanel", () => {
  it("names the page and its site", () => {
    expect(describePanel(panel, shown({ status: "ready", page: page() }))).toMatchObject({
      title: "物語",
      detail: "example.org",
      state: "ready",
    });
  });
  it("counts the trackers that were kept away", () => {
    const { detail, trackers } = describePanel(panel, shown({ status: "ready", page: page({ count: 3 }) }));
    expect(trackers).toBe(3);
    expect(detail).toBe("example.org · 3 trackers kept away");
  });
  it.each([
    [shown(null, { load: { stage: "contacting" } }), "loading", "example.org · Loading"],
    [shown({ status: "ready", page: page({ cache: "stale" }) }), "stale", "example.org · An older copy"],
    [shown({ status: "offline", url: "", savedCopy: false }), "offline", "example.org · Offline"],
    [shown(null, { stopped: true }), "stopped", "example.org · Stopped"],
  ] as const)("says when a page is not simply there", (what, state, detail) => {
    expect(describePanel(panel, what)).toMatchObject({ state, detail });
  });
  it("marks a saved copy as an older one", () => {
    const saved = shown({ status: "ready", page: page(), savedAt: "2026-01-01T00:00:00Z" });
    expect(describePanel(panel, saved).state).toBe("stale");
  });
  it("invites to type where nothing is shown yet", () => {
    const blank = createPagePanel({ id: "b", private: true });
    expect(describePanel(blank, undefined)).toMatchObject({
      title: "New private tab",
      detail: "Type an address",
      state: "blank",
    });
  });
  it("names a page without a title by its address", () => {
    const untitled = createPagePanel({ id: "c", url: "https://example.org/a" });
    expect(describePanel(untitled, undefined).title).toBe("example.org/a");
  });
});
