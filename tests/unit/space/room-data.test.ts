import { describe, expect, it } from "vitest";
import { overlaps } from "#lib/core/layout/angular-rect.ts";
import { arrangeUnplaced } from "#lib/core/layout/arrange-unplaced.ts";
import { HOME_POSE } from "#lib/core/layout/place-panel.ts";
import { PRESETS } from "#lib/core/layout/presets.ts";
import { restoreArrangement, takeArrangement } from "#lib/core/space/arrangement.ts";
import { orderFromLayout } from "#lib/core/space/layout-order.ts";
import { normalise } from "#lib/core/space/normalise.ts";
import { addNote, moveNote, removeNote, restoreNote } from "#lib/core/space/notes.ts";
import {
  closePanels,
  groupPanels,
  movePanel,
  openPanel,
  reopenClosed,
  setPinned,
} from "#lib/core/space/panels.ts";
import {
  applyLayout,
  applyPreset,
  deleteLayout,
  renameLayout,
  restoreLayout,
  saveLayout,
} from "#lib/core/space/pose-layouts.ts";
import { setEnvironment, setFollow, setHeadLocked, setPose, setPoses } from "#lib/core/space/poses.ts";
import { readSession, storableSession } from "#lib/core/space/read-session.ts";
import {
  createPagePanel,
  createSession,
  DEFAULT_POSE,
  isPlaced,
  type Session,
} from "#lib/core/space/session.ts";
import { splitWith, swapInSplit } from "#lib/core/space/splits.ts";
import { addTrailLink, clearTrail } from "#lib/core/space/trail.ts";
import { type Note, type Pose, spaceSchema, type TrailLink } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";
import { createRandomPose } from "../layout/random-pose.ts";

function open(session: Session, id: string, isPrivate = false): Session {
  const panel = createPagePanel({ id, url: `https://${id}.example/`, title: id, private: isPrivate });
  return openPanel(session, panel, { activate: true });
}

/** Panels in a row from left to right, in the strip's order. */
function rowOf(...ids: string[]): Session {
  return arrangeUnplaced(ids.reduce((session, id) => open(session, id), createSession("space")));
}

const order = (session: Session) => session.space.panels.map((panel) => panel.id).join(" ");
const poseOf = (session: Session, id: string) => session.space.panels.find((panel) => panel.id === id)?.pose;
const at = (azimuthDeg: number, elevationDeg = -3): Pose => ({ ...HOME_POSE, azimuthDeg, elevationDeg });
const validSpace = (session: Session) => spaceSchema.safeParse(session.space).error?.issues;

const note = (id: string, panelId = "a"): Omit<Note, "private"> => ({
  id,
  citation: { documentId: "d", blockId: "b", start: 3, end: 9, quote: "a line" },
  url: "https://a.example/",
  title: "A",
  panelId,
  pose: HOME_POSE,
  createdAt: "2026-11-21T08:00:00.000Z",
});

const link = (id: string, from = "a", to = "b"): Omit<TrailLink, "private"> => ({
  id,
  from: { url: `https://${from}.example/`, title: from, panelId: from },
  to: { url: `https://${to}.example/`, title: to, panelId: to },
  at: "2026-11-21T08:00:00.000Z",
});

describe("the strip follows the layout", () => {
  it("when a panel is moved past others in the room", () => {
    const session = setPose(rowOf("a", "b", "c", "d"), "a", at(60));
    expect(order(session)).toBe("b c a d");
  });

  it("only for the panel that was moved", () => {
    const shuffled = rowOf("a", "b", "c", "d");
    // Made crooked as by splitting: the strip and the room tell different orders.
    const crooked = { ...shuffled, space: { ...shuffled.space, panels: shuffled.space.panels.toReversed() } };
    expect(order(setPose(crooked, "d", at(100)))).toBe("d c b a");
    expect(order(setPose(crooked, "d", at(-100)))).toBe("c b d a");
    expect(order(setPose(crooked, "c", at(-100)))).toBe("d b c a");
  });

  it("not when it is nudged, resized, or comes nearer", () => {
    const session = rowOf("a", "b", "c");
    const pose = poseOf(session, "b") ?? DEFAULT_POSE;
    const nudged = setPose(session, "b", {
      ...pose,
      azimuthDeg: 5,
      widthM: 2,
      distanceM: 1,
      elevationDeg: 4,
    });
    expect(order(nudged)).toBe("a b c");
  });

  it("and takes an upper row first", () => {
    expect(order(setPose(rowOf("a", "b", "c"), "c", at(0, 40)))).toBe("c a b");
  });

  it("but keeps pinned panels first and groups together", () => {
    const pinned = setPinned(rowOf("a", "b", "c", "d"), "c", true);
    expect(order(setPose(pinned, "a", at(100)))).toBe("c b d a");
    const grouped = groupPanels(rowOf("a", "b", "c", "d"), ["b", "c"], { id: "g", title: "" });
    expect(order(setPose(grouped, "a", at(1)))).toBe("b c a d");
  });

  it("leaves panels without a place at their number", () => {
    const session = open(rowOf("a", "b"), "new");
    expect(orderFromLayout(setPose(session, "a", at(100)))).toEqual(["b", "a", "new"]);
  });
});

describe("the layout follows the strip", () => {
  it("when a tab is moved: the places stay, the panels change", () => {
    const before = rowOf("a", "b", "c", "d");
    const after = movePanel(before, "d", 0);
    expect(order(after)).toBe("d a b c");
    expect(after.space.panels.map((panel) => panel.pose)).toEqual(
      before.space.panels.map((panel) => panel.pose),
    );
    expect(orderFromLayout(after)).toEqual(["d", "a", "b", "c"]);
  });

  it("when neighbours of a split are exchanged", () => {
    const split = splitWith(rowOf("a", "b", "c"), { id: "a", otherId: "b", side: "right", splitId: "s" });
    const swapped = swapInSplit(split, "a", 1);
    expect(poseOf(swapped, "b")).toEqual(poseOf(split, "a"));
    expect(poseOf(swapped, "a")).toEqual(poseOf(split, "b"));
  });

  it("not when a tab is pinned, grouped or closed and reopened", () => {
    const before = rowOf("a", "b", "c");
    const poses = (session: Session) => takeArrangement(session).poses;
    expect(poses(setPinned(before, "c", true))).toEqual(poses(before));
    expect(poses(groupPanels(before, ["a", "c"], { id: "g", title: "" }))).toEqual(poses(before));
    expect(poses(reopenClosed(closePanels(before, ["b"], 1)))).toEqual(poses(before));
  });

  it("loses no place and no panel, whatever is moved where", () => {
    const random = createRandom(51);
    const next = createRandomPose(52, { usual: true });
    let session = open(open(rowOf("a", "b", "c", "d", "e", "f", "g"), "new1"), "new2");
    for (let step = 0; step < 600; step++) {
      const ids = session.space.panels.map((panel) => panel.id);
      const any = ids[Math.floor(random() * ids.length)] ?? "";
      const places = (s: Session) => s.space.panels.map((panel) => JSON.stringify(panel.pose)).toSorted();
      if (random() < 0.5) {
        const moved = movePanel(session, any, Math.floor(random() * 9));
        expect(places(moved)).toEqual(places(session));
        session = moved;
      } else session = setPose(session, any, next());
      expect(session.space.panels.map((panel) => panel.id).toSorted()).toEqual(ids.toSorted());
      expect(normalise(session)).toEqual(session);
      expect(validSpace(session)).toBeUndefined();
    }
  });
});

describe("named layouts", () => {
  const before = rowOf("a", "b", "c");
  const saved = saveLayout(before, { id: "l", name: " Research " });

  it("bring panels back to where they stood, and the strip's order with them", () => {
    const moved = movePanel(setPoses(saved, { a: at(120), b: at(-90, 30) }), "c", 0);
    const back = applyLayout(moved, "l");
    expect(takeArrangement(back).poses).toEqual(takeArrangement(before).poses);
    expect(order(back)).toBe("a b c");
    expect(back.space.layout.activeLayoutId).toBe("l");
    expect(applyLayout(back, "l")).toBe(back);
  });

  it("give the places of panels closed since to those opened since", () => {
    const changed = open(closePanels(saved, ["b"], 1), "new");
    const applied = applyLayout(changed, "l");
    expect(poseOf(applied, "new")).toEqual(poseOf(before, "b"));
    expect(order(applied)).toBe("a new c");
  });

  it("leave panels beyond their places where they are, or find room", () => {
    const beside = setPose(open(saved, "far"), "far", at(120));
    expect(poseOf(applyLayout(beside, "l"), "far")).toEqual(at(120));
    const above = applyLayout(setPose(open(saved, "hiding"), "hiding", at(2)), "l");
    const poses = above.space.panels.map((panel) => panel.pose);
    poses.forEach((pose, index) => {
      for (const other of poses.slice(index + 1)) expect(overlaps(pose, other)).toBe(false);
    });
  });

  it("are renamed, saved over, deleted and brought back", () => {
    expect(saved.space.layout.poseLayouts[0]?.name).toBe("Research");
    expect(renameLayout(saved, "l", "Work").space.layout.poseLayouts[0]?.name).toBe("Work");
    expect(renameLayout(saved, "l", "  ")).toBe(saved);
    const over = saveLayout(setPose(saved, "a", at(77)), { id: "l", name: "Research" });
    expect(over.space.layout.poseLayouts).toHaveLength(1);
    expect(over.space.layout.poseLayouts[0]?.poses.a).toEqual(at(77));
    expect(restoreLayout(over, saved.space.layout, "l").space.layout).toEqual(saved.space.layout);
    const deleted = deleteLayout(saved, "l");
    expect(deleted.space.layout).toMatchObject({ poseLayouts: [], activeLayoutId: null });
    expect(takeArrangement(deleted).poses).toEqual(takeArrangement(saved).poses);
    expect(restoreLayout(deleted, saved.space.layout, "l").space.layout).toEqual(saved.space.layout);
  });

  it("are at most fifty, and refuse an empty name", () => {
    let session = before;
    for (let n = 0; n < 60; n++) session = saveLayout(session, { id: `l${n}`, name: `${n}` });
    expect(session.space.layout.poseLayouts).toHaveLength(50);
    expect(validSpace(session)).toBeUndefined();
    expect(saveLayout(before, { id: "x", name: " " })).toBe(before);
  });

  it("hold nothing of private panels", () => {
    const session = saveLayout(arrangeUnplaced(open(before, "secret", true)), { id: "l", name: "L" });
    expect(session.space.layout.poseLayouts[0]?.poses).not.toHaveProperty("secret");
  });

  it("take no harm from panels with odd names", () => {
    const odd = arrangeUnplaced(open(before, "constructor"));
    expect(
      isPlaced({
        pose:
          poseOf(applyLayout(saveLayout(odd, { id: "l", name: "L" }), "l"), "constructor") ?? DEFAULT_POSE,
      }),
    ).toBe(true);
    expect(poseOf(setPoses(odd, {}), "constructor")).toEqual(poseOf(odd, "constructor"));
  });
});

describe.each(PRESETS)("preset %s", (name) => {
  it("keeps the strip's order, and can be taken back", () => {
    const before = setPoses(rowOf("a", "b", "c", "d", "e", "f"), { a: at(50, 33), f: at(-120) });
    const after = applyPreset(before, name);
    expect(order(after)).toBe(order(before));
    expect(validSpace(after)).toBeUndefined();
    const back = restoreArrangement(open(after, "new"), takeArrangement(before));
    expect(takeArrangement(closePanels(back, ["new"], 1)).poses).toEqual(takeArrangement(before).poses);
    expect(order(back)).toBe(`${order(before)} new`);
  });
});

describe("the room's settings", () => {
  it("are kept with the space", () => {
    const session = setHeadLocked(setFollow(setEnvironment(rowOf("a", "b"), "forest"), true), "b");
    expect(readSession(structuredClone(storableSession(session)))?.space).toEqual(session.space);
    expect(session.space).toMatchObject({
      environment: "forest",
      layout: { follow: true, headLockedId: "b" },
    });
  });

  it("lock one panel to the head, and let go of it when it closes", () => {
    const session = setHeadLocked(setHeadLocked(rowOf("a", "b"), "a"), "b");
    expect(session.space.layout.headLockedId).toBe("b");
    expect(closePanels(session, ["b"], 1).space.layout.headLockedId).toBeNull();
    expect(setHeadLocked(session, "gone")).toBe(session);
  });
});

describe("notes and the trail", () => {
  const session = open(rowOf("a", "b"), "secret", true);

  it("are added, moved, removed and put back", () => {
    const two = addNote(addNote(session, note("n1")), note("n2"));
    expect(addNote(two, note("n2"))).toBe(two);
    expect(moveNote(two, "n2", at(50)).space.notes[1]?.pose).toEqual(at(50));
    const removed = removeNote(two, "n1");
    expect(removed.space.notes.map(({ id }) => id)).toEqual(["n2"]);
    const [first] = two.space.notes;
    expect(first && restoreNote(removed, first, 0).space.notes).toEqual(two.space.notes);
    expect(validSpace(two)).toBeUndefined();
  });

  it("stay when their panels close, unless those were private", () => {
    let kept = addNote(addNote(session, note("n1")), note("n2", "secret"));
    kept = addTrailLink(addTrailLink(kept, link("t1")), link("t2", "a", "secret"));
    kept = closePanels(kept, ["a", "secret"], 1);
    expect(kept.space.notes.map(({ id }) => id)).toEqual(["n1"]);
    expect(kept.space.trail.map(({ id }) => id)).toEqual(["t1"]);
  });

  it("are read back as they were written, and nothing private is written", () => {
    let full = saveLayout(addTrailLink(addNote(session, note("n1")), link("t1")), { id: "l", name: "L" });
    full = addNote(addTrailLink(full, link("t2", "secret", "a")), note("n2", "secret"));
    full = addNote(addTrailLink(full, link("t3", "gone", "a")), note("n3", "gone"));
    const written = structuredClone(storableSession(full));
    expect(JSON.stringify(written)).not.toMatch(/secret|gone|n2|n3|t2|t3/);
    expect(readSession(written)).toEqual({ ...written, returnTo: null });
    expect(readSession(written)?.space).toMatchObject({ notes: [{ id: "n1" }], trail: [{ id: "t1" }] });
    expect(spaceSchema.safeParse(written.space).error?.issues).toBeUndefined();
  });

  it("keep the last thousand links, and each link once", () => {
    let long = session;
    for (let n = 0; n < 1010; n++)
      long = addTrailLink(long, {
        ...link(`t${n}`),
        to: { url: `https://${n}.example/`, title: "", panelId: "b" },
      });
    expect(long.space.trail).toHaveLength(1000);
    expect(long.space.trail.at(-1)?.id).toBe("t1009");
    const again = addTrailLink(
      addTrailLink(addTrailLink(session, link("t1")), link("t2", "b", "a")),
      link("t3"),
    );
    expect(again.space.trail.map(({ id }) => id)).toEqual(["t2", "t3"]);
    expect(clearTrail(again).space.trail).toEqual([]);
  });

  it("never lose a note: five hundred are enough, and more are refused", () => {
    let many = session;
    for (let n = 0; n < 510; n++) many = addNote(many, note(`n${n}`));
    expect(many.space.notes).toHaveLength(500);
    expect(many.space.notes[0]?.id).toBe("n0");
  });
});

describe("a session kept by an older Qui", () => {
  const old = () => {
    const session = structuredClone(rowOf("a", "b")) as unknown as {
      space: Record<string, unknown> & {
        layout: Record<string, unknown>;
        panels: { pose: Record<string, unknown> }[];
      };
    };
    const { splits, groups } = session.space.layout;
    session.space.layout = { splits, groups };
    delete session.space.notes;
    delete session.space.trail;
    for (const panel of session.space.panels) delete panel.pose.aspect;
    return session;
  };

  it("is read with everything new at its default", () => {
    const read = readSession(old());
    expect(read).toEqual(rowOf("a", "b"));
  });

  it("is read in spite of damage to what is new", () => {
    const damaged = old();
    damaged.space.layout.poseLayouts = [
      7,
      { id: "x" },
      { id: "l", name: "L", poses: { a: { azimuthDeg: 999 }, b: 3 } },
      { id: "l", name: "Twice", poses: {} },
    ];
    damaged.space.layout.activeLayoutId = "gone";
    damaged.space.layout.headLockedId = {};
    damaged.space.layout.follow = "yes";
    damaged.space.notes = [
      null,
      { ...note("n1"), citation: null },
      { ...note("n2"), createdAt: "yesterday" },
      { ...note("n3"), createdAt: "2026-11-21T10:00:00+02:00", pose: "no" },
      { ...note("n4"), private: true },
    ];
    damaged.space.trail = [
      { ...link("t1"), to: {} },
      { ...link("t2"), at: 5 },
      link("t3"),
      { ...link("t4"), private: true },
    ];
    const read = readSession(damaged);
    expect(spaceSchema.safeParse(read?.space).error?.issues).toBeUndefined();
    expect(read?.space.layout).toMatchObject({
      poseLayouts: [{ id: "l", name: "L", poses: { a: { azimuthDeg: 180 } } }],
      activeLayoutId: null,
      headLockedId: null,
      follow: false,
    });
    expect(read?.space.notes).toEqual([
      { ...note("n3"), createdAt: "2026-11-21T08:00:00.000Z", pose: DEFAULT_POSE, private: false },
    ]);
    expect(read?.space.trail.map(({ id }) => id)).toEqual(["t3"]);
  });
});
