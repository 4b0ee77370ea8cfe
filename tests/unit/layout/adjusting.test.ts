import { describe, expect, it } from "vitest";
import {
  centrePose,
  resizePose,
  stepCurvature,
  stepDistance,
  stepPlace,
  stepSize,
} from "#lib/core/layout/adjust-pose.ts";
import { overlaps } from "#lib/core/layout/angular-rect.ts";
import { bringToFront, moveWithGroup } from "#lib/core/layout/arrange-panels.ts";
import { angularHeightDeg, angularWidthDeg, limitPose } from "#lib/core/layout/panel-shape.ts";
import { inReadingOrder } from "#lib/core/layout/reading-order.ts";
import { createSnapState, SNAP, snapPose } from "#lib/core/layout/snap.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { type Pose, poseSchema } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";
import { createRandomPose } from "./random-pose.ts";

const pose = (change: Partial<Pose> = {}): Pose => ({ ...DEFAULT_POSE, ...change });

describe("drawing a corner", () => {
  it("makes the panel as large as the corner was drawn and leaves the opposite corner in its place", () => {
    const before = pose();
    const after = resizePose(before, { corner: { x: 1, y: 1 }, dragM: { x: 0.2, y: 0.1 } });
    expect(after.widthM).toBeCloseTo(1.4, 9);
    expect(after.widthM * after.aspect).toBeCloseTo(1.06, 9);
    const left = (p: Pose) => p.distanceM * Math.sin((p.azimuthDeg * Math.PI) / 180) - p.widthM / 2;
    const low = (p: Pose) =>
      p.distanceM * Math.sin((p.elevationDeg * Math.PI) / 180) - (p.widthM * p.aspect) / 2;
    expect(left(after)).toBeCloseTo(left(before), 2);
    expect(low(after)).toBeCloseTo(low(before), 2);
  });

  it("keeps the shape when asked, following what was drawn farther", () => {
    const after = resizePose(pose(), { corner: { x: -1, y: 1 }, dragM: { x: -0.3, y: 0 }, keepAspect: true });
    expect(after.aspect).toBe(0.8);
    expect(after.widthM).toBeCloseTo(1.5, 9);
    expect(after.azimuthDeg).toBeLessThan(0);
  });

  it("does nothing when nothing was drawn", () => {
    expect(resizePose(pose(), { corner: { x: 1, y: -1 }, dragM: { x: 0, y: 0 } })).toEqual(pose());
  });

  it("never makes the panel narrower when it is drawn higher", () => {
    const wide = pose({ widthM: 3 });
    const after = resizePose(wide, { corner: { x: 1, y: 1 }, dragM: { x: 0, y: 30 } });
    expect(after.widthM).toBe(3);
    expect(after.aspect).toBeGreaterThan(1);
  });

  it("never leaves the limits, however far it is drawn", () => {
    const next = createRandomPose(21);
    const random = createRandom(22);
    for (let round = 0; round < 1000; round++) {
      const before = limitPose(next());
      const drag = { x: random() * 40 - 20, y: random() * 40 - 20 };
      const corner = { x: random() < 0.5 ? -1 : 1, y: random() < 0.5 ? -1 : 1 } as const;
      const after = resizePose(before, { corner, dragM: drag, keepAspect: random() < 0.5 });
      expect(poseSchema.safeParse(after).error?.issues).toBeUndefined();
      expect(limitPose(after)).toEqual(after);
      expect(after.distanceM).toBe(before.distanceM);
    }
  });
});

describe("steps", () => {
  it("up and down again lead back", () => {
    expect(stepSize(stepSize(pose(), 1), -1).widthM).toBeCloseTo(1.2, 9);
    expect(stepDistance(stepDistance(pose(), 2), -2).distanceM).toBeCloseTo(1.6, 9);
  });

  it("end at the limits", () => {
    expect(stepSize(pose(), -50).widthM).toBe(0.2);
    expect(stepDistance(pose(), -50).distanceM).toBe(0.5);
    expect(stepDistance(pose(), 50).distanceM).toBe(10);
  });

  it("bring a large panel only as near as it can be seen, without making it smaller", () => {
    const large = pose({ widthM: 3.2, distanceM: 2.5, aspect: 0.5625 });
    const near = stepDistance(large, -50);
    expect(near.widthM).toBe(3.2);
    expect(near.distanceM).toBeCloseTo(3.2 / 3.46, 6);
    expect(stepDistance(near, 1).widthM).toBe(3.2);
  });

  it("bend in quarters from flat to wrapped, from anywhere", () => {
    expect(stepCurvature(pose(), 1).curvature).toBe(0.25);
    expect(stepCurvature(pose({ curvature: 0.3 }), 1).curvature).toBe(0.5);
    expect(stepCurvature(pose({ curvature: 0.3 }), -1).curvature).toBe(0.25);
    expect(stepCurvature(pose({ curvature: 0.9 }), 3).curvature).toBe(1);
    expect(stepCurvature(pose({ curvature: 0.1 }), -1).curvature).toBe(0);
  });

  it("to the side go all the way round, upwards to the limit", () => {
    expect(stepPlace(pose({ azimuthDeg: 178 }), { right: 1 }).azimuthDeg).toBe(-177);
    expect(stepPlace(pose({ elevationDeg: 78 }), { up: 1 }).elevationDeg).toBe(80);
  });

  it("in front of the person keep distance and size", () => {
    expect(centrePose(pose({ azimuthDeg: 120 }), { azimuthDeg: -30, elevationDeg: 10 })).toEqual(
      pose({ azimuthDeg: -30, elevationDeg: 10 }),
    );
  });
});

describe("bringing to the front", () => {
  const near = { id: "near", pose: pose({ distanceM: 1.5, azimuthDeg: 10 }) };
  const far = { id: "far", pose: pose({ distanceM: 2, widthM: 1.5 }) };
  const aside = { id: "aside", pose: pose({ distanceM: 1, azimuthDeg: 120 }) };

  it("moves only the hidden panel, which looks as large as before", () => {
    const poses = bringToFront([near, far, aside], "far");
    expect(Object.keys(poses)).toEqual(["far"]);
    expect(poses.far?.distanceM).toBeLessThan(1.5);
    expect(angularWidthDeg(poses.far ?? pose())).toBeCloseTo(angularWidthDeg(far.pose), 6);
  });

  it("does nothing for a panel that nothing hides", () => {
    expect(bringToFront([near, far, aside], "near")).toEqual({});
    expect(bringToFront([near, far, aside], "aside")).toEqual({});
    expect(bringToFront([near], "gone")).toEqual({});
  });

  it("lets the others step back before it would come too near", () => {
    const close = { id: "close", pose: pose({ distanceM: 0.82 }) };
    const poses = bringToFront([close, far], "far");
    expect(poses.far?.distanceM).toBeCloseTo(0.8, 9);
    expect(poses.close?.distanceM).toBeGreaterThan(0.8);
  });

  it("can be done over and over", () => {
    let panels = [near, far];
    for (let round = 0; round < 60; round++) {
      const id = round % 2 === 0 ? "far" : "near";
      const poses = bringToFront(panels, id);
      panels = panels.map((panel) => ({ ...panel, pose: poses[panel.id] ?? panel.pose }));
      const [front, back] = panels.toSorted((a, b) => a.pose.distanceM - b.pose.distanceM);
      expect(front?.id).toBe(id);
      expect(front?.pose.distanceM).toBeGreaterThanOrEqual(0.5);
      expect(back && front && overlaps(back.pose, front.pose)).toBe(true);
    }
  });
});

describe("a group", () => {
  const panels = [
    { id: "a", pose: pose(), group: "g" },
    { id: "b", pose: pose({ azimuthDeg: 44, elevationDeg: 10 }), group: "g" },
    { id: "c", pose: pose({ azimuthDeg: -44 }) },
  ];

  it("comes along with one of it, others stay", () => {
    const poses = moveWithGroup(panels, "a", pose({ azimuthDeg: 160, elevationDeg: 5, distanceM: 3.2 }));
    expect(Object.keys(poses).toSorted()).toEqual(["a", "b"]);
    expect(poses.a).toMatchObject({ azimuthDeg: 160, elevationDeg: 5, distanceM: 3.2 });
    expect(poses.b).toMatchObject({ azimuthDeg: -156, elevationDeg: 15, distanceM: 3.2 });
  });

  it("stops as a whole at the limit and keeps its shape", () => {
    const poses = moveWithGroup(panels, "a", pose({ elevationDeg: 79, distanceM: 50 }));
    expect(poses.b?.elevationDeg).toBe(80);
    expect(poses.a?.elevationDeg).toBe(70);
    expect(poses.a?.distanceM).toBe(10);
  });

  it("changes size for the moved panel alone", () => {
    const poses = moveWithGroup(panels, "a", pose({ widthM: 2 }));
    expect(poses.a?.widthM).toBe(2);
    expect(poses.b).toEqual(panels[1]?.pose);
  });

  it("is not needed to move a panel", () => {
    expect(moveWithGroup(panels, "c", pose({ azimuthDeg: -90 }))).toEqual({ c: pose({ azimuthDeg: -90 }) });
  });
});

describe("reading order", () => {
  it("goes row by row, each from left to right", () => {
    const at = (id: string, azimuthDeg: number, elevationDeg: number) => ({
      id,
      pose: pose({ azimuthDeg, elevationDeg }),
    });
    const items = [at("e", 5, -4), at("b", 40, 33), at("d", -40, 2), at("a", -30, 36), at("c", -170, 0)];
    expect(
      inReadingOrder(items)
        .map(({ id }) => id)
        .join(""),
    ).toBe("abcde");
  });

  it("keeps the order of what stands in one place", () => {
    const items = [
      { id: 1, pose: pose() },
      { id: 2, pose: pose() },
      { id: 3, pose: pose() },
    ];
    expect(inReadingOrder(items)).toEqual(items);
  });
});

describe("snapping", () => {
  const other = pose({ azimuthDeg: 0, elevationDeg: 0 });
  const beside = angularWidthDeg(other) + 2;
  const snapped = (given: Pose, state = createSnapState()) =>
    snapPose(state, { pose: given, neighbours: [other], out: pose() });

  it("leaves a panel that is near nothing as the hand holds it", () => {
    const given = pose({ azimuthDeg: 70, elevationDeg: 17, distanceM: 3, curvature: 0.5 });
    expect(snapped(given)).toEqual(given);
  });

  it("draws a panel beside its neighbour, into its row, to its distance and bending", () => {
    const result = snapped(
      pose({ azimuthDeg: beside + 1.5, elevationDeg: -1.2, distanceM: 1.66, curvature: 0.05 }),
    );
    expect(result.azimuthDeg).toBeCloseTo(beside, 9);
    expect(result).toMatchObject({ elevationDeg: 0, distanceM: 1.6, curvature: 0 });
    expect(overlaps(result, other, 1.9)).toBe(false);
  });

  it("draws a panel above its neighbour, flush with it", () => {
    const above = angularHeightDeg(other) + 2;
    const result = snapped(pose({ azimuthDeg: 1, elevationDeg: above - 1 }));
    expect(result.azimuthDeg).toBeCloseTo(0, 9);
    expect(result.elevationDeg).toBeCloseTo(above, 9);
  });

  it("leaves a gap beside a neighbour in an upper row too, where panels take more azimuth", () => {
    const upper = pose({ elevationDeg: 40 });
    const state = createSnapState();
    let caught = 0;
    for (let azimuthDeg = 60; azimuthDeg < 76; azimuthDeg += 0.25) {
      const given = pose({ azimuthDeg, elevationDeg: 40.5 });
      const result = snapPose(state, { pose: given, neighbours: [upper], out: pose() });
      if (Number.isNaN(state.azimuthDeg)) continue;
      caught++;
      expect(overlaps(result, upper, 1.9)).toBe(false);
      expect(overlaps(result, upper, 2.1)).toBe(true);
    }
    expect(caught).toBeGreaterThan(8);
  });

  it("settles on round distances where no neighbour is", () => {
    expect(
      snapPose(createSnapState(), { pose: pose({ distanceM: 2.06 }), neighbours: [], out: pose() }).distanceM,
    ).toBe(2);
  });

  it("holds on until it is pulled farther than it was caught from", () => {
    const state = createSnapState();
    const at = (away: number) =>
      snapped(pose({ azimuthDeg: beside + away, elevationDeg: 0, distanceM: 3 }), state).azimuthDeg;
    const target = () => state.azimuthDeg;
    const far = SNAP.catchDeg + 1;
    // At 3 m the panel is narrower, so its own place beside the neighbour counts.
    const own = angularWidthDeg(pose({ distanceM: 3 })) / 2 + angularWidthDeg(other) / 2 + 2 - beside;
    at(own + far);
    expect(target()).toBeNaN();
    at(own + 1.9);
    expect(target()).toBeCloseTo(beside + own, 9);
    expect(at(own + far)).toBeCloseTo(beside + own, 9);
    expect(at(own + SNAP.releaseDeg + 0.1)).toBeCloseTo(beside + own + SNAP.releaseDeg + 0.1, 9);
    expect(target()).toBeNaN();
  });

  it("never trembles: a hand held still gives one place", () => {
    const random = createRandom(31);
    const next = createRandomPose(32, { usual: true });
    for (let round = 0; round < 200; round++) {
      const neighbours = [next(), next(), next()];
      const state = createSnapState();
      const given = { ...next(), azimuthDeg: (neighbours[0]?.azimuthDeg ?? 0) + random() * 40 };
      const first = { ...snapPose(state, { pose: given, neighbours, out: pose() }) };
      for (let again = 0; again < 3; again++)
        expect(snapPose(state, { pose: given, neighbours, out: pose() })).toEqual(first);
    }
  });
});
