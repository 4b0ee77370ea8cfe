import { describe, expect, it } from "vitest";
import { createPagePanel, createSession, DEFAULT_POSE } from "#lib/core/space/session.ts";
import { panelContent } from "#lib/core/surfaces/panel-content.ts";
import { PAGES_MAX, pickPanels } from "#lib/core/surfaces/pick-panels.ts";

describe("what a panel of the room shows", () => {
  const panel = createPagePanel({ id: "a", url: "https://sea.example/" });

  it("is something to read in every state", () => {
    const states = [
      panelContent(createPagePanel({ id: "new" }), { view: null, stopped: false }),
      panelContent(panel, { view: null, stopped: false }),
      panelContent(panel, { view: null, stopped: true }),
      panelContent(panel, {
        view: { status: "offline", url: panel.state.url, savedCopy: false },
        stopped: false,
      }),
      panelContent({ ...panel, kind: "chat", state: { id: "c" } }, { view: null, stopped: false }),
      panelContent({ ...panel, kind: "dashboard", state: { id: "d" } }, { view: null, stopped: false }),
      panelContent({ ...panel, kind: "quiz", state: { id: "q" } }, { view: null, stopped: false }),
    ];
    for (const content of states) {
      if ("page" in content) throw new Error("a page is shown where there is none");
      expect(content.document.title.length + content.document.blocks.length).toBeGreaterThan(0);
    }
  });
});

describe("which panels are drawn as pages", () => {
  function session(count: number) {
    const panels = Array.from({ length: count }, (_, index) => ({
      ...createPagePanel({ id: `p${index}` }),
      pose: { ...DEFAULT_POSE, azimuthDeg: index * 4 },
    }));
    const empty = createSession("s");
    return { ...empty, activeId: "p39", space: { ...empty.space, panels } };
  }

  it("are the active one first, then the nearest, sixteen at most", () => {
    const { pages, cards } = pickPanels(session(40));
    expect(pages).toHaveLength(PAGES_MAX);
    expect(pages.slice(0, 3)).toEqual(["p39", "p0", "p1"]);
    expect(cards).toHaveLength(24);
    expect(new Set([...pages, ...cards]).size).toBe(40);
  });
});
