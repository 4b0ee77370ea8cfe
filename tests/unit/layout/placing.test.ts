import { describe, expect, it } from "vitest";
import { overlaps, PANEL_GAP_DEG } from "#lib/core/layout/angular-rect.ts";
import { arrangeUnplaced } from "#lib/core/layout/arrange-unplaced.ts";
import { legiblePanel } from "#lib/core/layout/legibility.ts";
import { HOME_POSE, placePanel } from "#lib/core/layout/place-panel.ts";
import { arrangePreset, PRESETS, presetSeats } from "#lib/core/layout/presets.ts";
import { inReadingOrder } from "#lib/core/layout/reading-order.ts";
import { openPanel } from "#lib/core/space/panels.ts";
import { applyPreset } from "#lib/core/space/pose-layouts.ts";
import { createPagePanel, createSession, isPlaced, type Session } from "#lib/core/space/session.ts";
import { type Pose, poseSchema } from "#lib/protocol/space.ts";
import { createRandomPose } from "./random-pose.ts";

function sessionOf(count: number): Session {
  let session = createSession("space");
  for (let n = 0; n < count; n++)
    session = openPanel(session, createPagePanel({ id: `p${n}`, url: `https://${n}.example/` }), {
      activate: true,
    });
  return session;
}

function expectApart(poses: readonly Pose[], gapDeg = PANEL_GAP_DEG - 1e-3): void {
  poses.forEach((pose, index) => {
    expect(poseSchema.safeParse(pose).success).toBe(true);
    for (const other of poses.slice(index + 1)) expect(overlaps(pose, other, gapDeg)).toBe(false);
  });
}

const posesOf = (session: Session) => session.space.panels.map((panel) => panel.pose);

describe("a new panel", () => {
  it("overlaps none of 1 to 40, stands at 1.25 to 2.5 m and can be read", () => {
    const poses: Pose[] = [];
    while (poses.length < 40) {
      const pose = placePanel(poses);
      expect(pose.distanceM).toBeGreaterThanOrEqual(1.25);
      expect(pose.distanceM).toBeLessThanOrEqual(2.5);
      const legible = legiblePanel({ pose, zoom: 1, textScale: 1 });
      expect(legible.pose).toEqual(pose);
      poses.push(pose);
    }
    expectApart(poses);
  });

  it("overlaps none of any panels a person has put anywhere", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const next = createRandomPose(seed, { usual: true });
      const others = Array.from({ length: 1 + (seed % 12) }, next);
      const pose = placePanel(others);
      for (const other of others) expect(overlaps(pose, other, 1.9)).toBe(false);
    }
  });

  it("stands in the middle first, then beside it, then in a second row", () => {
    const poses: Pose[] = [];
    for (let n = 0; n < 10; n++) poses.push(placePanel(poses));
    expect(poses[0]).toEqual(HOME_POSE);
    expect(poses.slice(0, 3).map((pose) => pose.elevationDeg)).toEqual([-3, -3, -3]);
    expect(Math.max(...poses.slice(0, 3).map((pose) => Math.abs(pose.azimuthDeg)))).toBeLessThan(50);
    expect(poses.some((pose) => pose.elevationDeg > 20)).toBe(true);
  });

  it("uses what is free of the primary zone before the sides", () => {
    const left: Pose = { ...HOME_POSE, azimuthDeg: -30 };
    expect(Math.abs(placePanel([left]).azimuthDeg)).toBeLessThanOrEqual(30);
  });

  it("stands beside the page whose link opened it", () => {
    const opener: Pose = { ...HOME_POSE, azimuthDeg: -86 };
    const middle = { ...HOME_POSE };
    expect(placePanel([middle, opener], { near: opener }).azimuthDeg).toBeLessThan(-40);
    expect(Math.abs(placePanel([middle, opener]).azimuthDeg)).toBeLessThan(50);
  });

  it("is the same for the same panels", () => {
    const next = createRandomPose(9, { usual: true });
    const others = Array.from({ length: 9 }, next);
    expect(placePanel(others)).toEqual(placePanel(others));
  });

  it("stands in front when everything is covered", () => {
    const wall = [-120, 0, 120].flatMap((azimuthDeg) =>
      [-60, 0, 60].map(
        (elevationDeg): Pose => ({
          azimuthDeg,
          elevationDeg,
          distanceM: 2,
          widthM: 6,
          curvature: 1,
          aspect: 0.7,
        }),
      ),
    );
    expect(placePanel(wall).distanceM).toBeLessThan(2);
  });
});

describe("panels that were never in the room", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 20, 21, 22, 25, 30, 35, 39, 40])(
    "are set out apart when there are %d, and read in the strip's order",
    (count) => {
      const session = arrangeUnplaced(sessionOf(count));
      expect(session.space.panels.every(isPlaced)).toBe(true);
      expectApart(posesOf(session));
      expect(inReadingOrder(session.space.panels)).toEqual(session.space.panels);
      for (const pose of posesOf(session))
        expect(legiblePanel({ pose, zoom: 1, textScale: 1 }).cssWidth).toBeGreaterThanOrEqual(480);
    },
  );

  it("stay as they are once placed", () => {
    const session = arrangeUnplaced(sessionOf(7));
    expect(arrangeUnplaced(session)).toBe(session);
  });

  it("find room among others that do not move", () => {
    const before = arrangeUnplaced(sessionOf(4));
    const opened = openPanel(before, createPagePanel({ id: "new" }), { after: "p1", activate: true });
    const after = arrangeUnplaced(opened);
    expectApart(posesOf(after));
    for (const panel of before.space.panels) expect(after.space.panels).toContainEqual(panel);
  });

  it("stand above a person who lies down", () => {
    const lying = applyPreset(arrangeUnplaced(sessionOf(3)), "lyingDown");
    const opened = arrangeUnplaced(openPanel(lying, createPagePanel({ id: "new" }), { activate: true }));
    expectApart(posesOf(opened), 1.9);
    expect(opened.space.panels.at(-1)?.pose.elevationDeg).toBeGreaterThan(15);
  });

  it("are parted from the panel they were copied from", () => {
    const before = arrangeUnplaced(sessionOf(2));
    const [first] = before.space.panels;
    if (!first) throw new Error("There is a first panel.");
    const after = arrangeUnplaced(
      openPanel(before, { ...first, id: "copy" }, { after: "p0", activate: true }),
    );
    expectApart(posesOf(after));
    expect(after.space.panels[0]).toEqual(first);
  });

  it("wait in a stack behind when there are more than can be told apart, except the one just opened", () => {
    const session = arrangeUnplaced(sessionOf(120));
    const shown = session.space.panels.filter((panel) => panel.pose.distanceM <= 2.5);
    expect(shown).toHaveLength(40);
    expectApart(shown.map((panel) => panel.pose));
    const more = arrangeUnplaced(openPanel(session, createPagePanel({ id: "new" }), { activate: true }));
    expect(more.space.panels.at(-1)?.pose.distanceM).toBeLessThanOrEqual(2.5);
    expect(arrangeUnplaced(more)).toBe(more);
  });

  it("leave the panel that is locked to the head where it is", () => {
    const session = sessionOf(3);
    session.space.layout.headLockedId = "p1";
    expect(arrangeUnplaced(session).space.panels[1]?.pose).toEqual(sessionOf(1).space.panels[0]?.pose);
  });
});

describe.each(PRESETS)("preset %s", (name) => {
  it.each([1, 2, 3, 5, 8, 9, 13, 24])("gives %d panels places apart that can be read", (count) => {
    const poses = presetSeats(name, count);
    expect(poses).toHaveLength(count);
    expectApart(poses);
    for (const pose of poses) {
      const legible = legiblePanel({ pose, zoom: 1, textScale: 1 });
      expect({ pose: legible.pose, zoom: legible.zoom }).toEqual({ pose, zoom: 1 });
      expect(16 / legible.pxPerDegree).toBeGreaterThanOrEqual(0.6);
    }
  });

  it("gives every panel exactly one place, the best one to the panel in front where there is one best", () => {
    const ids = Array.from({ length: 11 }, (_, n) => `p${n}`);
    const poses = arrangePreset(name, ids, "p6");
    expect(Object.keys(poses).toSorted()).toEqual(ids.toSorted());
    expect(new Set(Object.values(poses)).size).toBe(11);
    if (name !== "wall" && name !== "desk") expect(poses.p6).toEqual(presetSeats(name, 11)[0]);
  });

  it("puts what is beyond 40 aside", () => {
    const ids = Array.from({ length: 60 }, (_, n) => `p${n}`);
    expect(Object.keys(arrangePreset(name, ids, "p59"))).toHaveLength(60);
  });
});
