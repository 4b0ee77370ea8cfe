import { describe, expect, it } from "vitest";
import type { BrowserState } from "#lib/client/store/browser-store.ts";
import { cueOfChange } from "#lib/client/xr/audio/cue-of-change.ts";
import { createPagePanel, createSession } from "#lib/core/space/session.ts";

function stateWith(
  ids: readonly string[],
  fields: Partial<BrowserState> = {},
  spaceId = "space",
): BrowserState {
  const session = createSession(spaceId);
  const panels = ids.map((id) => createPagePanel({ id, url: "https://a.test/" }));
  return {
    status: "ready",
    session: { ...session, space: { ...session.space, panels } },
    views: {},
    recent: [],
    ...fields,
  };
}

describe("what a change of the panels sounds like", () => {
  it("is an opening or a closing at the panel it is about", () => {
    expect(cueOfChange(stateWith(["a", "b"]), stateWith(["a"]))).toEqual({ name: "open", panelId: "b" });
    expect(cueOfChange(stateWith(["b"]), stateWith(["a", "b"]))).toEqual({ name: "close", panelId: "a" });
  });

  it("is nothing when panels only move, when a session is restored, or in another space", () => {
    expect(cueOfChange(stateWith(["b", "a"]), stateWith(["a", "b"]))).toBeNull();
    expect(cueOfChange(stateWith(["a"]), stateWith([], { status: "starting" }))).toBeNull();
    expect(cueOfChange(stateWith(["a", "b"], {}, "other"), stateWith(["a"]))).toBeNull();
  });

  it("is an error once, when a page cannot be shown", () => {
    const offline = { status: "offline" as const, url: "https://a.test/", savedCopy: false };
    const views = { a: { view: offline, load: null, stopped: false, shownCount: 1 } };
    const failed = stateWith(["a"], { views });
    expect(cueOfChange(failed, stateWith(["a"]))).toEqual({ name: "error", panelId: "a" });
    expect(cueOfChange({ ...failed, views: { ...views } }, failed)).toBeNull();
  });
});
