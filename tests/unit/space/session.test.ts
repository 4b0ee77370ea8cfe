import { describe, expect, it } from "vitest";
import { canGo, commitPage, goToEntry, navigate, saveScroll, setZoom } from "#lib/core/space/navigation.ts";
import { normalise, shareSizes } from "#lib/core/space/normalise.ts";
import {
  activatePanel,
  closePanels,
  duplicatePanel,
  groupPanels,
  movePanel,
  openPanel,
  panelByStep,
  reopenClosed,
  setPinned,
  ungroupPanels,
  updateGroup,
} from "#lib/core/space/panels.ts";
import { readSession, storableSession } from "#lib/core/space/read-session.ts";
import {
  createPagePanel,
  createSession,
  findPagePanel,
  type Session,
  visiblePanelIds,
} from "#lib/core/space/session.ts";
import {
  canSplit,
  dissolveSplit,
  moveDivider,
  splitWith,
  swapInSplit,
  unsplit,
} from "#lib/core/space/splits.ts";
import { spaceSchema } from "#lib/protocol/space.ts";

function open(
  session: Session,
  id: string,
  options: { private?: boolean; after?: string; activate?: boolean } = {},
) {
  const panel = createPagePanel({
    id,
    url: `https://${id}.example/`,
    title: id,
    private: options.private ?? false,
  });
  return openPanel(session, panel, { after: options.after, activate: options.activate ?? true });
}

function sessionOf(...ids: string[]): Session {
  return ids.reduce((session, id) => open(session, id), createSession("space"));
}

const order = (session: Session) => session.space.panels.map((panel) => panel.id).join(" ");

describe("opening and closing", () => {
  it("opens a link's panel beside its opener and returns there when it is closed", () => {
    const session = open(activatePanel(sessionOf("a", "b", "c"), "a"), "link", { after: "a" });
    expect(order(session)).toBe("a link b c");
    expect(closePanels(session, ["link"], 1).activeId).toBe("a");
  });

  it("shows the right neighbour once the person has moved on from the opener", () => {
    const linked = open(activatePanel(sessionOf("a", "b", "c"), "a"), "link", { after: "a" });
    const wandered = activatePanel(activatePanel(linked, "c"), "link");
    expect(closePanels(wandered, ["link"], 1).activeId).toBe("b");
  });

  it("opens in the background without changing what is shown", () => {
    expect(open(sessionOf("a"), "b", { activate: false }).activeId).toBe("a");
  });

  it("shows the left neighbour when the last panel closes, and nothing when none is left", () => {
    const session = closePanels(sessionOf("a", "b"), ["b"], 1);
    expect(session.activeId).toBe("a");
    expect(closePanels(session, ["a"], 2).activeId).toBeNull();
  });

  it("brings panels closed together back together, in their places", () => {
    const closed = closePanels(sessionOf("a", "b", "c", "d"), ["b", "d"], 1);
    expect(order(closed)).toBe("a c");
    expect(order(reopenClosed(closed))).toBe("a b c d");
    expect(reopenClosed(closed).activeId).toBe("d");
  });

  it("never remembers a closed private panel", () => {
    const session = open(sessionOf("a"), "secret", { private: true });
    expect(JSON.stringify(closePanels(session, ["secret"], 1))).not.toContain("secret");
  });

  it("forgets all but the last 25 closings", () => {
    let session = sessionOf(...Array.from({ length: 30 }, (_, n) => `p${n}`));
    for (let n = 0; n < 30; n++) session = closePanels(session, [`p${n}`], n);
    expect(session.closed).toHaveLength(25);
    expect(reopenClosed(session).activeId).toBe("p29");
  });

  it("duplicates a panel with its history, right after it", () => {
    const session = duplicatePanel(
      navigate(sessionOf("a", "b"), "a", { url: "https://two.example/" }),
      "a",
      "copy",
    );
    expect(order(session)).toBe("a copy b");
    expect(findPagePanel(session, "copy")?.state.entries).toHaveLength(2);
  });
});

describe("order", () => {
  it("keeps pinned panels first, in the order they were pinned", () => {
    const session = setPinned(setPinned(sessionOf("a", "b", "c"), "c", true), "b", true);
    expect(order(session)).toBe("c b a");
    expect(order(setPinned(session, "c", false))).toBe("b c a");
  });

  it("does not let a move cross the border of the pinned panels", () => {
    const session = setPinned(sessionOf("a", "b", "c"), "a", true);
    expect(order(movePanel(session, "c", 0))).toBe("a c b");
    expect(order(movePanel(session, "a", 2))).toBe("a b c");
  });

  it("walks round the strip and passes over folded groups", () => {
    const grouped = groupPanels(sessionOf("a", "b", "c"), ["b"], { id: "g", title: "Later" });
    const folded = updateGroup(activatePanel(grouped, "a"), "g", { collapsed: true });
    expect(panelByStep(folded, 1)).toBe("c");
    expect(panelByStep(activatePanel(folded, "c"), 1)).toBe("a");
    expect(panelByStep(folded, -1)).toBe("c");
  });
});

describe("groups", () => {
  const grouped = groupPanels(sessionOf("a", "b", "c", "d"), ["a", "c"], { id: "g", title: "Work" });

  it("brings the panels of a group together at the first of them", () => {
    expect(order(grouped)).toBe("a c b d");
  });

  it("takes in a panel dropped inside and lets go of one dropped outside", () => {
    const inside = movePanel(grouped, "d", 1);
    expect(inside.space.panels.find((panel) => panel.id === "d")?.group).toBe("g");
    const outside = movePanel(inside, "d", 3);
    expect(outside.space.panels.find((panel) => panel.id === "d")?.group).toBeUndefined();
  });

  it("is gone with its last panel", () => {
    const left = ungroupPanels(grouped, ["a", "c"]);
    expect(left.space.layout.groups).toEqual([]);
  });

  it("puts a panel that leaves from the middle after the group", () => {
    const three = groupPanels(sessionOf("a", "b", "c"), ["a", "b", "c"], { id: "g", title: "" });
    expect(order(ungroupPanels(three, ["b"]))).toBe("a c b");
  });

  it("shows the nearest panel outside when the group in front is folded, and opens when one of it is shown", () => {
    const folded = updateGroup(activatePanel(grouped, "c"), "g", { collapsed: true });
    expect(folded.activeId).toBe("b");
    expect(activatePanel(folded, "a").space.layout.groups[0]?.collapsed).toBe(false);
  });
});

describe("splits", () => {
  const split = splitWith(activatePanel(sessionOf("a", "b", "c"), "a"), {
    id: "a",
    otherId: "c",
    side: "right",
    splitId: "s",
  });

  it("shows two panels side by side in equal shares and next to each other in the strip", () => {
    expect(visiblePanelIds(split)).toEqual(["a", "c"]);
    expect(order(split)).toBe("a c b");
    expect(split.space.layout.splits[0]?.sizes).toEqual([0.5, 0.5]);
  });

  it("takes a third panel and refuses a fourth", () => {
    const three = splitWith(split, { id: "a", otherId: "b", side: "left", splitId: "s2" });
    expect(visiblePanelIds(three)).toEqual(["b", "a", "c"]);
    expect(canSplit(three, "a")).toBe(false);
    const more = open(three, "d");
    expect(splitWith(more, { id: "a", otherId: "d", side: "right", splitId: "s3" })).toBe(more);
  });

  it("never lets a divider squeeze a panel under a fifth", () => {
    const sizes = (position: number) =>
      moveDivider(split, { splitId: "s", divider: 0, position }).space.layout.splits[0]?.sizes;
    expect(sizes(0.3)).toEqual([0.3, 0.7]);
    expect(sizes(0)).toEqual([0.2, 0.8]);
    expect(sizes(1)).toEqual([0.8, 0.2]);
  });

  it("moves only the two panels beside the divider", () => {
    const three = splitWith(split, { id: "c", otherId: "b", side: "right", splitId: "s" });
    const sizes = moveDivider(three, { splitId: "s", divider: 1, position: 0.6 }).space.layout.splits[0]
      ?.sizes;
    expect(sizes?.map((size) => Number(size.toFixed(3)))).toEqual([0.333, 0.267, 0.4]);
  });

  it("ends when one of two panels closes, and shows the other", () => {
    const closed = closePanels(split, ["c"], 1);
    expect(closed.activeId).toBe("a");
    expect(closed.space.layout.splits).toEqual([]);
  });

  it("lets one panel out and dissolves when one would stay alone", () => {
    expect(visiblePanelIds(unsplit(split, "c"))).toEqual(["c"]);
    expect(unsplit(split, "c").space.layout.splits).toEqual([]);
    expect(dissolveSplit(split, "s").space.layout.splits).toEqual([]);
  });

  it("moves as one", () => {
    expect(order(movePanel(split, "c", 1))).toBe("b a c");
  });

  it("exchanges neighbours", () => {
    expect(visiblePanelIds(swapInSplit(split, "c", -1))).toEqual(["c", "a"]);
    expect(swapInSplit(split, "c", 1)).toBe(split);
  });

  it("refuses a pinned panel", () => {
    const pinned = setPinned(sessionOf("a", "b"), "a", true);
    expect(splitWith(pinned, { id: "b", otherId: "a", side: "right", splitId: "s" })).toBe(pinned);
  });

  it.each([
    [
      [0.5, 0.5],
      [0.5, 0.5],
    ],
    [
      [3, 1],
      [0.75, 0.25],
    ],
    [
      [0.95, 0.05],
      [0.8, 0.2],
    ],
    [
      [0, 0],
      [0.5, 0.5],
    ],
    [
      [0.9, 0.05, 0.05],
      [0.6, 0.2, 0.2],
    ],
  ])("shares %j as %j", (given, expected) => {
    expect(shareSizes(given).map((size) => Number(size.toFixed(3)))).toEqual(expected);
  });
});

describe("history of a panel", () => {
  const there = navigate(sessionOf("a"), "a", { url: "https://two.example/" });

  it("goes back and forward, keeping how far each entry was read", () => {
    const back = goToEntry(saveScroll(there, "a", { blockId: "b7", offset: 0.25, y: 840.4 }), "a", 0);
    expect(findPagePanel(back, "a")?.state.url).toBe("https://a.example/");
    expect(canGo(back, "a", 1)).toBe(true);
    expect(canGo(back, "a", -1)).toBe(false);
    expect(findPagePanel(goToEntry(back, "a", 1), "a")?.state.entries[1]?.scroll).toEqual({
      blockId: "b7",
      offset: 0.25,
      y: 840,
    });
  });

  it("drops what was ahead when a new address is opened", () => {
    const session = navigate(goToEntry(there, "a", 0), "a", { url: "https://three.example/" });
    expect(findPagePanel(session, "a")?.state.entries.map((entry) => entry.url)).toEqual([
      "https://a.example/",
      "https://three.example/",
    ]);
  });

  it("does not add the same address twice in a row", () => {
    const again = navigate(there, "a", { url: "https://two.example/" });
    expect(findPagePanel(again, "a")?.state.entries).toHaveLength(2);
  });

  it("keeps at most 100 entries", () => {
    let session = sessionOf("a");
    for (let n = 0; n < 150; n++) session = navigate(session, "a", { url: `https://${n}.example/` });
    expect(findPagePanel(session, "a")?.state).toMatchObject({ index: 99, url: "https://149.example/" });
  });

  it("takes the final address and title only for the entry that was asked for", () => {
    const page = {
      asked: "https://two.example/",
      url: "https://two.example/final",
      title: "Two",
      icon: null,
    };
    expect(findPagePanel(commitPage(there, "a", page), "a")).toMatchObject({
      title: "Two",
      state: { url: page.url },
    });
    const late = goToEntry(there, "a", 0);
    expect(commitPage(late, "a", page)).toBe(late);
  });

  it("keeps a zoom within what can be read", () => {
    expect(findPagePanel(setZoom(there, "a", 99), "a")?.state.zoom).toBe(5);
    expect(findPagePanel(setZoom(there, "a", 0), "a")?.state.zoom).toBe(0.3);
  });
});

describe("storage", () => {
  it("leaves private panels out of what is written", () => {
    const session = open(
      splitWith(sessionOf("a", "b"), { id: "a", otherId: "b", side: "right", splitId: "s" }),
      "secret",
      {
        private: true,
      },
    );
    expect(JSON.stringify(storableSession(session))).not.toContain("secret");
  });

  it("reads back what was written", () => {
    const session = groupPanels(
      splitWith(sessionOf("a", "b", "c"), { id: "a", otherId: "b", side: "right", splitId: "s" }),
      ["c"],
      { id: "g", title: "Work" },
    );
    expect(readSession(structuredClone(storableSession(session)))).toEqual({ ...session, returnTo: null });
  });

  it("keeps the good panels of a damaged session and drops the rest", () => {
    const session = structuredClone(sessionOf("a", "b")) as unknown as {
      space: { panels: Record<string, unknown>[] };
    };
    session.space.panels.push(
      { id: 7 },
      { id: "x", kind: "page" },
      structuredClone(session.space.panels[0] ?? {}),
    );
    Object.assign(session.space.panels[1] ?? {}, {
      title: 5,
      pose: "no",
      pinned: "yes",
      state: { entries: [1, {}], icon: "//evil.example/i.png" },
    });
    const read = readSession(session);
    expect(read?.space.panels.map((panel) => panel.id)).toEqual(["a", "b"]);
    expect(spaceSchema.safeParse(read?.space).success).toBe(true);
    expect(JSON.stringify(read)).not.toContain("evil");
  });

  it.each([null, 3, [], {}, { space: {} }, { space: { id: "" } }])("refuses %j as a session", (value) => {
    expect(readSession(value)).toBeNull();
  });
});

describe("any sequence of actions", () => {
  it("keeps the rules of a space and agrees with the schema", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    let session = createSession("space");
    for (let step = 0; step < 3000; step++) {
      const ids = session.space.panels.map((panel) => panel.id);
      const any = () => ids[random(ids.length)] ?? "none";
      const actions: (() => Session)[] = [
        () =>
          ids.length < 12 ? open(session, `n${step}`, { activate: random(2) === 0, after: any() }) : session,
        () => (random(3) === 0 ? closePanels(session, [any(), any()], step) : session),
        () => reopenClosed(session),
        () => setPinned(session, any(), random(3) === 0),
        () => movePanel(session, any(), random(12)),
        () =>
          splitWith(session, {
            id: any(),
            otherId: any(),
            side: random(2) ? "left" : "right",
            splitId: `s${step}`,
          }),
        () => unsplit(session, any()),
        () => swapInSplit(session, any(), random(2) ? 1 : -1),
        () => groupPanels(session, [any(), any()], { id: `g${step}`, title: "" }),
        () => ungroupPanels(session, [any()]),
        () => updateGroup(session, session.space.layout.groups[0]?.id ?? "", { collapsed: random(2) === 0 }),
        () => activatePanel(session, any()),
        () => navigate(session, any(), { url: `https://${step}.example/` }),
        () =>
          moveDivider(session, {
            splitId: session.space.layout.splits[0]?.id ?? "",
            divider: 0,
            position: random(10) / 10,
          }),
      ];
      session = actions[random(actions.length)]?.() ?? session;
      expect(normalise(session)).toEqual(session);
      expect(spaceSchema.safeParse(session.space).error?.issues).toBeUndefined();
      expect(new Set(ids).size).toBe(ids.length);
      expect(session.activeId === null).toBe(session.space.panels.length === 0);
    }
  });
});
